package hoopoe.account;

import hoopoe.config.AccountOption;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One customer account at one provider, from {@code hoopoe.accounts.<name>.*}. Holds no secret.
 *
 * @param name {@code [a-z][a-z0-9]{0,30}}
 * @param provider the provider's type, as it was set; empty where none was
 * @param url whole endpoint (EVERY8D, smspanel) or base (text421); empty for the provider's default. One without a scheme
 *     where what was set is no URI
 * @param options what was set for it; read through {@link #option}
 * @param unknown what was set for it and is none of an account's settings, by its key alone
 */
public record Account(
        String name, String provider, Optional<URI> url, Map<AccountOption, String> options, Set<String> unknown) {

    /** What is wrong with it whatever its provider is, in words that repeat no value; empty where nothing is. */
    public Optional<String> objection() {
        if (!unknown.isEmpty()) {
            return Optional.of("no account has a setting " + String.join(", ", unknown));
        }
        return options.entrySet().stream()
                .flatMap(set -> set.getKey().objection(set.getValue()).stream())
                .findFirst();
    }

    /** What was set, else the default. */
    public String option(AccountOption option) {
        return options.getOrDefault(option, option.otherwise());
    }

    /** @throws NumberFormatException where what was set is no whole number: such an account is never asked */
    public int option(AccountOption option, int otherwise) {
        var value = option(option);
        return value.isEmpty() ? otherwise : Integer.parseInt(value);
    }

    /** Whether nobody gets a message that is sent with it. */
    public boolean simulated() {
        return option(AccountOption.SIMULATED).equals("true");
    }

    @Override
    public String toString() {
        return name;
    }
}
