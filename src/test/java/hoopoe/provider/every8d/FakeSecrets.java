package hoopoe.provider.every8d;

import hoopoe.secret.Credentials;
import hoopoe.secret.Secrets;
import java.util.List;

/** A vault with one password, and a cache of it that may be old. */
final class FakeSecrets implements Secrets {

    private Credentials fresh = new Credentials("user", "right", "v1");
    private Credentials cached = fresh;
    private int freshReads;

    FakeSecrets password(String password, String version) {
        fresh = new Credentials("user", password, version);
        return this;
    }

    int freshReads() {
        return freshReads;
    }

    @Override
    public synchronized Credentials credentials(String account) {
        return cached;
    }

    @Override
    public synchronized Credentials freshCredentials(String account) {
        freshReads++;
        return fresh;
    }

    @Override
    public List<String> callbackTokens(String account) {
        return List.of();
    }
}
