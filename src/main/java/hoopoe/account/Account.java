package hoopoe.account;

import hoopoe.config.AccountOption;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One customer account at one provider, from {@code hoopoe.accounts.<name>.*}. Holds no secret.
 *
 * @param name {@code [a-z][a-z0-9]{0,30}}
 * @param provider the provider's type, as it was set; empty where none was
 * @param url whole endpoint (EVERY8D, smspanel) or base (text421); empty for the provider's default. Without a scheme where
 *     the setting is no URI
 * @param options the settings that were set; read through {@link #option}
 * @param unknown keys that were set and are none of an account's settings; without their values
 */
public record Account(
        String name, String provider, Optional<URI> url, Map<AccountOption, String> options, Set<String> unknown) {

    /** What is wrong with its settings, whatever its provider is, in words that repeat no value; empty where nothing is. */
    public Optional<String> objection() {
        if (!unknown.isEmpty()) {
            return Optional.of("no account has a setting "
                    + unknown.stream().map(Account::printed).distinct().collect(Collectors.joining(", ")));
        }
        return options.entrySet().stream()
                .flatMap(set -> set.getKey().objection(set.getValue()).stream())
                .findFirst();
    }

    /** Whoever reads it shall not get a line break or half a character. */
    private static String printed(String unknown) {
        return unknown.matches("[!-~]{1,60}")
                ? unknown
                : "whose name is too long or not of printable characters of ASCII";
    }

    /** The setting, else its default. */
    public String option(AccountOption option) {
        return options.getOrDefault(option, option.otherwise());
    }

    /** @throws NumberFormatException where the setting is no whole number: such an account is never used */
    public int option(AccountOption option, int otherwise) {
        var value = option(option);
        return value.isEmpty() ? otherwise : Integer.parseInt(value);
    }

    /** Whether its messages reach no phone. */
    public boolean simulated() {
        return option(AccountOption.SIMULATED).equals("true");
    }

    @Override
    public String toString() {
        return name;
    }
}
