package hoopoe.config;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.microprofile.config.Config;

/**
 * Every duration of the sending half, in one place: an API call of 30 s holds an invocation of 28 s, that a provider call of
 * 20 s, that a connect of 3 s (design.md 4). All are settings, so that tests can be short.
 */
@ApplicationScoped
public class Timeouts {

    /** API Gateway's own limit, and no setting. */
    public static final Duration API = Duration.ofSeconds(30);

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

    /** What an invocation needs after a call, to write down how it ended. */
    public Duration callMargin() {
        return Setting.CALL_MARGIN.duration(config);
    }

    /** A send, and the emptying of an inbox, does not start with less: what its answer held is told only once. */
    public Duration send() {
        return call().plus(callMargin());
    }

    /** How long a session is waited for before a send. */
    public Duration session() {
        return Setting.SESSION.duration(config);
    }

    /** A lease ends this much after the invocation that holds it. */
    public Duration lease() {
        return Setting.LEASE.duration(config);
    }

    /** How long any of our functions may take at most, whichever this is: who claimed a dispatch longer ago is no more. */
    public Duration longestFunction() {
        return Setting.LONGEST_FUNCTION.duration(config);
    }

    /** When what was just created needs looking after, if nobody took it from the stream. */
    public Duration untouched() {
        return Setting.UNTOUCHED.duration(config);
    }

    /** When a dispatch is first asked about after the provider took it. */
    public Duration firstCheck() {
        return Setting.FIRST_CHECK.duration(config);
    }

    /** The tick begins nothing with less left. */
    public Duration reserve() {
        return Setting.RESERVE.duration(config);
    }

    /** For how long the inboxes of all accounts may be asked in a tick: no question is begun later. */
    public Duration inboxes() {
        return Setting.INBOXES.duration(config);
    }

    /** When to look again at a dispatch of an account that cannot send. */
    public Duration latched() {
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

    /** When to look again at what was left alone, where so much is due, because its account is silent: not all at once. */
    public Duration silent() {
        return retry(Integer.MAX_VALUE);
    }

    /** When to look again at what was left alone because time was over: behind what is due already. */
    public Duration behind() {
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(BEHIND.toMillis()));
    }

    /** A dispatch created earlier is never claimed: set after the table was restored to an earlier moment. */
    public Optional<Instant> notBefore() {
        return Setting.NOT_BEFORE.instant(config);
    }
}
