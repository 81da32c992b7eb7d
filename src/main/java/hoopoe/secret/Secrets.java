package hoopoe.secret;

import java.util.List;

/**
 * The secrets of accounts, by the account's name. Each method throws {@link MissingSecret} where there is no usable secret and
 * {@link SecretUnavailable} where it cannot be read at this moment; each returns or throws within seconds.
 */
public interface Secrets {

    /** The credentials, possibly cached for a few minutes. */
    Credentials credentials(String account);

    /** The current credentials: for a login, because a provider blocks an account after too many tries with an old password. */
    Credentials freshCredentials(String account);

    /** The path tokens that the account's callbacks may carry: one, or two during a rotation; none where callbacks are off. */
    List<String> callbackTokens(String account);

    /** The keys of the tags by which messages of a number are found, the current one first; none where tags are off. */
    default List<String> numberKeys() {
        return List.of();
    }
}
