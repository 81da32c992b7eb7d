package hoopoe.config;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.microprofile.config.Config;

/**
 * All durations: an API request of 30 s contains an invocation of 28 s, the invocation a provider call of 20 s, the call a
 * connect of 3 s. All are settings, so that tests can be short.
 */
@ApplicationScoped
public class Timeouts {

    private static final Duration FIRST_RETRY = Duration.ofSeconds(5);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);

    private static final Duration BEHIND = Duration.ofMinutes(1);

    private final Config config;

    public Timeouts(Config config) {
        this.config = config;
    }

    /** How long an invocation of this function may take. 300 s for {@code dispatch}, 55 s for {@code poll}. */
    public Duration function() {
        return Setting.FUNCTION.duration(config);
    }

    /** How long a provider call may take, from name to last byte. */
    public Duration call() {
        return Setting.CALL_TIMEOUT.duration(config);
    }

    public Duration connect() {
        return Setting.CONNECT_TIMEOUT.duration(config);
    }

    /** The time that an invocation needs after a call, to write the result. */
    public Duration callMargin() {
        return Setting.CALL_MARGIN.duration(config);
    }

    /** A send, and the emptying of an inbox, needs this much time to start, because the provider gives its answer only once. */
    public Duration send() {
        return call().plus(callMargin());
    }

    /** How long to wait for a session before a send. */
    public Duration session() {
        return Setting.SESSION.duration(config);
    }

    /** How long it is remembered who has webhooks. */
    public Duration listeners() {
        return Setting.LISTENERS.duration(config);
    }

    /** A lease ends this much after the invocation that holds it. */
    public Duration lease() {
        return Setting.LEASE.duration(config);
    }

    /** The longest time of any of our functions, not just this one: an invocation that claimed earlier has ended. */
    public Duration longestFunction() {
        return Setting.LONGEST_FUNCTION.duration(config);
    }

    /** The age at which a new dispatch is due, if the stream has not delivered it. */
    public Duration untouched() {
        return Setting.UNTOUCHED.duration(config);
    }

    /** When a dispatch is first polled after the provider accepted it. */
    public Duration firstCheck() {
        return Setting.FIRST_CHECK.duration(config);
    }

    /** With less time left, a tick starts nothing. */
    public Duration reserve() {
        return Setting.RESERVE.duration(config);
    }

    /** How long a tick may drain the inboxes of all accounts: no drain starts later. */
    public Duration inboxes() {
        return Setting.INBOXES.duration(config);
    }

    /** When to retry a dispatch of an account that cannot send. */
    public Duration blocked() {
        return LONGEST_RETRY;
    }

    /**
     * Full jitter between 5 s and 5 min.
     *
     * @param attempt claims so far, from 1
     */
    public Duration retry(int attempt) {
        long first = FIRST_RETRY.toMillis();
        long bound = Math.min(LONGEST_RETRY.toMillis(), first << Math.min(Math.max(attempt, 1), 20));
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(first, bound + 1));
    }

    /** When to retry deferred dispatches of an account that does not answer: spread, because so many are due. */
    public Duration silent() {
        return retry(Integer.MAX_VALUE);
    }

    /** When to retry dispatches that were deferred because time was over: after those that are already due. */
    public Duration behind() {
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(BEHIND.toMillis()));
    }

    /** A dispatch created earlier is never claimed: set after the table was restored to an earlier point in time. */
    public Optional<Instant> notBefore() {
        return Setting.NOT_BEFORE.instant(config);
    }
}
