package hoopoe.secret;

import java.util.List;

/** A secret store that cannot be reached. */
public final class AwaySecrets implements Secrets {

    @Override
    public Credentials credentials(String account) {
        throw new SecretUnavailable(account);
    }

    @Override
    public Credentials freshCredentials(String account) {
        throw new SecretUnavailable(account);
    }

    @Override
    public List<String> callbackTokens(String account) {
        throw new SecretUnavailable(account);
    }
}
