package hoopoe.account;

import static hoopoe.prove.fuzz.Probe.must;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import hoopoe.config.AccountOption;
import hoopoe.config.Misconfiguration;
import hoopoe.config.Setting;
import hoopoe.prove.fuzz.Probe;
import hoopoe.prove.fuzz.Quiet;
import hoopoe.prove.fuzz.WrittenAccounts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/** The accounts, as an operator wrote them. */
class AccountsFuzzTest {

    private static final Logger LOG = Quiet.logger(Accounts.class);

    /** They are read, or what is wrong is said, without a value: a mistake in one account is its own. */
    @FuzzTest
    @DictionaryEntries({
        "{\"main\":{\"provider\":\"every8d\",",
        "\"dispatch-size\":700",
        "\"soap_version\":\"canary\"",
        "main.password=canary",
        "main.url=https://user:canary@",
        "${canary}",
        "\\ud800",
        "null"
    })
    void accounts(byte[] input) {
        Probe.of(input, bytes -> bytes.length > WrittenAccounts.MOST ? List.of() : read(bytes));
    }

    private static List<Object> read(byte[] input) {
        var config = WrittenAccounts.config(input);
        var accounts = accounts(config);
        if (accounts.isEmpty()) {
            return List.of();
        }
        var json = config.getConfigValue(Setting.ACCOUNTS_JSON.key());
        must(json.getValue() != null, "accounts are left out");
        must(
                accounts(WrittenAccounts.config((json.getValue() + '}').getBytes(StandardCharsets.UTF_8)))
                        .isEmpty(),
                "what stands behind them is left out");
        accounts.get()
                .defaultAccount()
                .ifPresent(account -> must(accounts.get().all().contains(account), "none of them"));
        return accounts.get().all().stream()
                .flatMap(account -> Stream.of(account, check(account)))
                .toList();
    }

    private static Optional<Accounts> accounts(Config config) {
        try {
            return Optional.of(new Accounts(config));
        } catch (Misconfiguration told) {
            must(
                    !String.valueOf(told.getMessage()).contains(WrittenAccounts.CANARY) && told.getCause() == null,
                    "a value is told");
            return Optional.empty();
        }
    }

    private static String check(Account account) {
        must(account.name().matches("[a-z][a-z0-9]{0,30}"), "a name that no key can have");
        must(account.toString().equals(account.name()), "it prints itself");
        var objection = account.objection().orElse("");
        Probe.whole(objection);
        must(objection.chars().allMatch(c -> c >= ' ' && c != 127), "a line is divided");
        must(
                !objection.contains(WrittenAccounts.CANARY)
                        || account.unknown().stream().anyMatch(name -> name.contains(WrittenAccounts.CANARY)),
                "a value is told");
        if (objection.isEmpty()) {
            must(account.option(AccountOption.CALLS_AT_ONCE, 1) > 0, "no call at all");
            must(account.option(AccountOption.DISPATCH_SIZE, 1) > 0, "nobody in a dispatch");
        }
        return objection;
    }
}
