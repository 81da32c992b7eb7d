package hoopoe.provider;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/**
 * The accounts of this installation, read from {@code hoopoe.accounts.<name>.*}. Not a config mapping: those are built and
 * validated at the start of every function, also of those that never look at an account.
 */
@ApplicationScoped
public class Accounts {

    private static final Pattern PROVIDER =
            Pattern.compile("hoopoe[._]accounts[._]([a-z][a-z0-9]{0,30})[._]provider", Pattern.CASE_INSENSITIVE);

    private final Map<String, Account> accounts;
    private final Optional<String> configuredDefault;

    public Accounts(Config config) {
        this.accounts = read(config);
        this.configuredDefault = config.getOptionalValue("hoopoe.default-account", String.class);
    }

    public Optional<Account> find(String name) {
        return Optional.ofNullable(accounts.get(name));
    }

    /** {@code hoopoe.default-account}, else the only account, else none. */
    public Optional<Account> defaultAccount() {
        return configuredDefault
                .map(accounts::get)
                .or(() -> accounts.size() == 1 ? accounts.values().stream().findFirst() : Optional.empty());
    }

    /** By name. */
    public Collection<Account> all() {
        return accounts.values();
    }

    private static Map<String, Account> read(Config config) {
        var accounts = new TreeMap<String, Account>();
        StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .map(PROVIDER::matcher)
                .filter(Matcher::matches)
                .map(found -> found.group(1).toLowerCase(Locale.ROOT))
                .distinct()
                .forEach(name -> accounts.put(name, account(name, config)));
        return accounts;
    }

    private static Account account(String name, Config config) {
        var prefix = "hoopoe.accounts." + name + '.';
        var options = new EnumMap<AccountOption, String>(AccountOption.class);
        for (var option : AccountOption.values()) {
            config.getOptionalValue(prefix + option.key(), String.class)
                    .ifPresent(set -> options.put(option, set.trim()));
        }
        return new Account(
                name,
                config.getValue(prefix + "provider", String.class).trim(),
                config.getOptionalValue(prefix + "url", String.class).map(url -> URI.create(url.trim())),
                options);
    }
}
