package hoopoe.local.text421;

import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A partner of the service. */
public final class Account {
    private final String user;
    private volatile String password;
    private volatile @Nullable URI callback;

    Account(String user, String password) {
        this.user = user;
        this.password = password;
    }

    public String user() {
        return user;
    }

    public Account password(String other) {
        password = other;
        return this;
    }

    boolean hasPassword(String given) {
        return password.equals(given);
    }

    /** Where received SMS and deliveries are pushed to; nowhere at the start. */
    public Account callback(URI url) {
        callback = url;
        return this;
    }

    Optional<URI> callback() {
        return Optional.ofNullable(callback);
    }
}
