package hoopoe.secret;

import java.util.List;

/**
 * The secrets of accounts, by the account's name. Each method throws {@link MissingSecret} where there is none that can be used, and
 * {@link SecretUnavailable} where nobody knows at this moment; it answers or throws within seconds.
 */
public interface Secrets {

    /** The credentials, possibly cached for a few minutes. */
    Credentials credentials(String account);

    /** The credentials as they are now: for a login, because a provider blocks who tries an old password too often. */
    Credentials freshCredentials(String account);

    /** The path tokens that the account's callbacks may carry: one, or two while they are rotated; none where callbacks are off. */
    List<String> callbackTokens(String account);
}
