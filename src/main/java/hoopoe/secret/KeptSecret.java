package hoopoe.secret;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One account's secret, for some minutes. One fetch at a time: who comes while one is under way gets what it brings. */
final class KeptSecret {

    /** How old a secret may be that is used because no newer one can be had. */
    static final Duration OLDEST = Duration.ofMinutes(15);

    /** A failure is remembered so long: who sends a hundred messages does not wait a hundred times. */
    static final Duration AGAIN = Duration.ofSeconds(5);

    private static final Logger LOG = Logger.getLogger(KeptSecret.class);

    private final String account;
    private final String name;
    private final Vault vault;
    private final Duration keep;
    private final Clock clock;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile State state = new State(null, Instant.EPOCH, null, Instant.EPOCH);

    /**
     * @param name of the secret
     * @param keep how long it is used without asking
     */
    KeptSecret(String account, String name, Vault vault, Duration keep, Clock clock) {
        this.account = account;
        this.name = name;
        this.vault = vault;
        this.keep = keep;
        this.clock = clock;
    }

    /**
     * @param asOf when it was asked for
     * @param failure how the last fetch failed; null where it did not
     */
    private record State(@Nullable AccountSecret secret, Instant asOf, Vault.@Nullable Answer failure, Instant failed) {

        boolean isYoungerThan(Duration age, Instant now) {
            return secret != null && now.isBefore(asOf.plus(age));
        }

        boolean hasJustFailed(Instant now) {
            return failure != null && now.isBefore(failed.plus(AGAIN));
        }
    }

    /** At most {@code keep} old, or where the vault does not answer or hand it out {@link #OLDEST}. */
    AccountSecret recent() {
        var seen = state;
        if (seen.isYoungerThan(keep, clock.instant())) {
            return seen.secret();
        }
        var now = refreshed(seen);
        return now.isYoungerThan(OLDEST, clock.instant()) ? now.secret() : fail(now);
    }

    /** As it is now. */
    AccountSecret fresh() {
        var now = refreshed(state);
        return now.failure() == null ? now.secret() : fail(now);
    }

    private State refreshed(State seen) {
        if (seen.hasJustFailed(clock.instant())) {
            return seen;
        }
        fetching.lock();
        try {
            if (state == seen) {
                state = fetched(seen);
            }
            return state;
        } finally {
            fetching.unlock();
        }
    }

    private State fetched(State before) {
        var asked = clock.instant();
        var answer = vault.get(name);
        if (answer instanceof Vault.Answer.Found found) {
            return new State(found.secret(), asked, null, Instant.EPOCH);
        }
        if (answer instanceof Vault.Answer.Missing missing) {
            LOG.errorf("account %s: no secret: %s", account, missing.code());
            if (missing.isGone()) {
                return new State(null, Instant.EPOCH, answer, clock.instant());
            }
        } else if (answer instanceof Vault.Answer.Unavailable away) {
            LOG.warnf("account %s: its secret cannot be read now: %s", account, away.code());
        }
        return new State(before.secret(), before.asOf(), answer, clock.instant());
    }

    private AccountSecret fail(State now) {
        throw now.failure() instanceof Vault.Answer.Missing
                ? new MissingSecret(account)
                : new SecretUnavailable(account);
    }
}
