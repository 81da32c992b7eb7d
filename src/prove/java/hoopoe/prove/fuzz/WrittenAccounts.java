package hoopoe.prove.fuzz;

import hoopoe.account.Account;
import hoopoe.account.Accounts;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;

/** Settings as an input writes them: the JSON of all accounts, then a line {@code <name>.<key>=<value>} for each single one. */
public final class WrittenAccounts {

    /** Stands for a secret that was put in a wrong place. */
    public static final String CANARY = "canary";

    /** More than an environment of Lambda can hold. */
    public static final int MOST = 4096;

    private WrittenAccounts() {}

    public static Config config(byte[] input) {
        var lines = new String(input, StandardCharsets.UTF_8).split("\n", -1);
        var settings = new TreeMap<String, String>();
        settings.put("hoopoe.accounts-json", lines[0]);
        for (int i = 1; i < lines.length; i++) {
            var parts = lines[i].split("=", 2);
            settings.put("hoopoe.accounts." + parts[0], parts[parts.length - 1]);
        }
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(settings, "written", 100))
                .build();
    }

    /**
     * What an adapter says of its account {@code main}, whose settings are a line each: words that repeat no value. With one that
     * it does not object to, calls can be written.
     */
    public static String objection(
            byte[] input, String provider, Function<Account, Optional<String>> objection, Consumer<Account> call) {
        var settings = "{}\nmain.provider=" + provider + "\nmain."
                + new String(input, StandardCharsets.UTF_8).replace("\n", "\nmain.");
        var main = new Accounts(config(settings.getBytes(StandardCharsets.UTF_8))).find("main");
        if (input.length > MOST || main.flatMap(Account::objection).isPresent()) {
            return "none of the adapter's";
        }
        var words = main.flatMap(objection);
        Probe.whole(words.orElse(null));
        Probe.must(!words.orElse("").contains(CANARY), "a value is told");
        if (words.isEmpty()) {
            main.ifPresent(call);
        }
        return words.orElse("");
    }
}
