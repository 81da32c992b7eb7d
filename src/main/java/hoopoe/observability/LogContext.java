package hoopoe.observability;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * The context of some work, added to every log line that its thread writes meanwhile, and threads that it starts. Never a
 * number, a text or a secret.
 */
public final class LogContext {

    /** The request that began the work: API Gateway's request id, or the caller's own id. */
    static final String CORRELATION = "correlation_id";

    static final String ACCOUNT = "account";
    static final String BATCH = "batch";
    static final String DISPATCH = "dispatch";

    private final Map<String, @Nullable Object> marks = new HashMap<>();

    private LogContext() {}

    /** @param correlation null where it is unknown: the surrounding context's id does not apply either */
    public static LogContext of(@Nullable String correlation) {
        return new LogContext().with(CORRELATION, correlation);
    }

    public LogContext account(String name) {
        return with(ACCOUNT, name);
    }

    public LogContext batch(String id) {
        return with(BATCH, id);
    }

    /** @param n the dispatch's number in the batch */
    public LogContext dispatch(int n) {
        return with(DISPATCH, Integer.toString(n));
    }

    /** The correlation id of the current context; null where there is none. */
    public static @Nullable String correlation() {
        return MDC.get(CORRELATION) instanceof String id ? id : null;
    }

    public <T> T follow(Supplier<T> work) {
        var before = new HashMap<String, @Nullable Object>();
        marks.keySet().forEach(name -> before.put(name, MDC.get(name)));
        marks.forEach(LogContext::put);
        try {
            return work.get();
        } finally {
            before.forEach(LogContext::put);
        }
    }

    public void follow(Runnable work) {
        follow(() -> {
            work.run();
            return true;
        });
    }

    private LogContext with(String name, @Nullable String value) {
        marks.put(name, value);
        return this;
    }

    private static void put(String name, @Nullable Object value) {
        if (value == null) {
            MDC.remove(name);
        } else {
            MDC.put(name, value);
        }
    }
}
