package hoopoe.secret;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The cache of one account's secret, for some minutes. One fetch at a time: threads that come meanwhile get its result. */
final class CachedSecret {

    /** How old a secret may be that is used because no newer one can be fetched. */
    static final Duration OLDEST = Duration.ofMinutes(15);

    /** How long a failure is remembered, so that a hundred messages do not wait a hundred times. */
    static final Duration AGAIN = Duration.ofSeconds(5);

    private static final Logger LOG = Logger.getLogger(CachedSecret.class);

    private final String account;
    private final String name;
    private final SecretStore secretStore;
    private final Duration keep;
    private final Clock clock;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile CacheState cacheState = new CacheState(null, Instant.EPOCH, null, Instant.EPOCH);

    /**
     * @param name of the secret
     * @param keep how long it is used without a new fetch
     */
    CachedSecret(String account, String name, SecretStore secretStore, Duration keep, Clock clock) {
        this.account = account;
        this.name = name;
        this.secretStore = secretStore;
        this.keep = keep;
        this.clock = clock;
    }

    /**
     * @param asOf when it was requested
     * @param failure how the last fetch failed; null where it did not
     */
    private record CacheState(
            @Nullable AccountSecret secret,
            Instant asOf,
            SecretStore.@Nullable SecretResponse failure,
            Instant failed) {

        boolean isYoungerThan(Duration age, Instant now) {
            return secret != null && now.isBefore(asOf.plus(age));
        }

        boolean hasJustFailed(Instant now) {
            return failure != null && now.isBefore(failed.plus(AGAIN));
        }
    }

    /** At most {@code keep} old, or {@link #OLDEST} where the secret store fails or refuses. */
    AccountSecret recent() {
        var seen = cacheState;
        if (seen.isYoungerThan(keep, clock.instant())) {
            return seen.secret();
        }
        var now = refreshed(seen);
        return now.isYoungerThan(OLDEST, clock.instant()) ? now.secret() : fail(now);
    }

    /** The current secret. */
    AccountSecret fresh() {
        var now = refreshed(cacheState);
        return now.failure() == null ? now.secret() : fail(now);
    }

    private CacheState refreshed(CacheState seen) {
        if (seen.hasJustFailed(clock.instant())) {
            return seen;
        }
        fetching.lock();
        try {
            if (cacheState == seen) {
                cacheState = fetched(seen);
            }
            return cacheState;
        } finally {
            fetching.unlock();
        }
    }

    private CacheState fetched(CacheState before) {
        var asked = clock.instant();
        var secretResponse = secretStore.get(name);
        if (secretResponse instanceof SecretStore.SecretResponse.Found found) {
            return new CacheState(found.secret(), asked, null, Instant.EPOCH);
        }
        if (secretResponse instanceof SecretStore.SecretResponse.Missing missing) {
            LOG.errorf("account %s: no secret: %s", account, missing.code());
            if (missing.isGone()) {
                return new CacheState(null, Instant.EPOCH, secretResponse, clock.instant());
            }
        } else if (secretResponse instanceof SecretStore.SecretResponse.StoreUnavailable away) {
            LOG.warnf("account %s: its secret cannot be read now: %s", account, away.code());
        }
        return new CacheState(before.secret(), before.asOf(), secretResponse, clock.instant());
    }

    private AccountSecret fail(CacheState now) {
        throw now.failure() instanceof SecretStore.SecretResponse.Missing
                ? new MissingSecret(account)
                : new SecretUnavailable(account);
    }
}
