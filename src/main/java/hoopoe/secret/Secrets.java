package hoopoe.secret;

import java.util.List;

/** The secrets of accounts, by the account's name. */
public interface Secrets {

    /** The credentials, possibly cached for a few minutes. @throws MissingSecret where there are none */
    Credentials credentials(String account);

    /** The credentials as they are now: for a login, because a provider blocks who tries an old password too often. */
    Credentials freshCredentials(String account);

    /** The path tokens that the account's callbacks may carry: one, or two while they are rotated; none where callbacks are off. */
    List<String> callbackTokens(String account);
}
