package hoopoe.batch;

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
public class Timing {

    /** API Gateway's own limit, and no setting. */
    public static final Duration API = Duration.ofSeconds(30);

    private static final Duration FIRST_RETRY = Duration.ofSeconds(5);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);

    private final Config config;

    public Timing(Config config) {
        this.config = config;
    }

    /** How long an invocation of this function may take. 300 s for {@code dispatch}, 55 s for {@code poll}. */
    public Duration function() {
        return seconds("hoopoe.timing.function", 28);
    }

    /** How long a provider call may take, from name to last byte. */
    public Duration call() {
        return seconds("hoopoe.provider.call-timeout", 20);
    }

    public Duration connect() {
        return seconds("hoopoe.provider.connect-timeout", 3);
    }

    /** What an invocation needs after a call, to write down how it ended. */
    public Duration callMargin() {
        return seconds("hoopoe.provider.call-margin", 2);
    }

    /** A send does not start with less. */
    public Duration send() {
        return call().plus(callMargin());
    }

    /** How long a session is waited for before a send. */
    public Duration session() {
        return seconds("hoopoe.timing.session", 4);
    }

    /** A lease ends this much after the invocation that holds it. */
    public Duration lease() {
        return seconds("hoopoe.timing.lease", 60);
    }

    /** When what was just created needs looking after, if nobody took it from the stream. */
    public Duration untouched() {
        return seconds("hoopoe.timing.untouched", 120);
    }

    /** When a dispatch is first asked about after the provider took it. */
    public Duration firstCheck() {
        return seconds("hoopoe.poll.first-check", 60);
    }

    /** The tick begins nothing with less left. */
    public Duration reserve() {
        return seconds("hoopoe.poll.reserve", 10);
    }

    /** How long the inboxes of all accounts may take of a tick. */
    public Duration inboxes() {
        return seconds("hoopoe.poll.inboxes", 20);
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

    /** A dispatch created earlier is never claimed: set after the table was restored to an earlier moment. */
    public Optional<Instant> notBefore() {
        return config.getOptionalValue("hoopoe.not-before", String.class).map(Instant::parse);
    }

    private Duration seconds(String name, int otherwise) {
        return config.getOptionalValue(name, Duration.class).orElse(Duration.ofSeconds(otherwise));
    }
}
