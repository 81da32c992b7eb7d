package hoopoe.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DuplicateAccountCheckTest {

    private final Map<String, String> users = new HashMap<>();
    private final Accounts accounts = new Accounts(new SmallRyeConfigBuilder()
            .withSources(new PropertiesConfigSource(
                    Map.of("hoopoe.accounts.one.provider", "every8d", "hoopoe.accounts.two.provider", "every8d"),
                    "test",
                    100))
            .build());
    private final DuplicateAccountCheck duplicateAccountCheck = new DuplicateAccountCheck(
            accounts,
            account -> URI.create("http://127.0.0.1/"),
            account -> Optional.ofNullable(users.get(account.name())));

    private Optional<String> twin(String name) {
        return duplicateAccountCheck.of(accounts.find(name).orElseThrow()).map(Account::name);
    }

    @Test
    void twoUsersAreNone() {
        users.putAll(Map.of("one", "me", "two", "you"));

        assertThat(twin("one")).isEmpty();
        assertThat(twin("two")).isEmpty();
    }

    @Test
    void whoBecomesATwinIsFoundOut() {
        users.putAll(Map.of("one", "me", "two", "you"));
        twin("one");
        twin("two");

        users.put("two", "me");

        assertThat(twin("two")).hasValue("one");
    }

    @Test
    void whoseUserIsNotKnownYetIsLookedAtAgain() {
        users.put("one", "me");
        assertThat(twin("one")).isEmpty();
        assertThat(twin("two")).isEmpty();

        users.put("two", "me");

        assertThat(twin("one")).hasValue("two");
        assertThat(twin("two")).hasValue("one");
    }
}
