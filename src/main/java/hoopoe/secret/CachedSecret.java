package hoopoe.secret;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One account's secret, for some minutes. One fetch at a time: who comes while one is under way gets what it brings. */
final class CachedSecret {

    /** How old a secret may be that is used because no newer one can be had. */
    static final Duration OLDEST = Duration.ofMinutes(15);

    /** A failure is remembered so long: who sends a hundred messages does not wait a hundred times. */
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
     * @param keep how long it is used without asking
     */
    CachedSecret(String account, String name, SecretStore secretStore, Duration keep, Clock clock) {
        this.account = account;
        this.name = name;
        this.secretStore = secretStore;
        this.keep = keep;
        this.clock = clock;
    }

    /**
     * @param asOf when it was asked for
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

    /** At most {@code keep} old, or where the vault does not answer or hand it out {@link #OLDEST}. */
    AccountSecret recent() {
        var seen = cacheState;
        if (seen.isYoungerThan(keep, clock.instant())) {
            return seen.secret();
        }
        var now = refreshed(seen);
        return now.isYoungerThan(OLDEST, clock.instant()) ? now.secret() : fail(now);
    }

    /** As it is now. */
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
