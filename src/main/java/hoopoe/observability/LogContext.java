package hoopoe.observability;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * What work is about, for every log line that is written meanwhile by the thread that does it, and by threads it starts. Never a
 * number, a text or a secret.
 */
public final class LogContext {

    /** Which request began it: API Gateway's request id, or what its caller calls it. */
    static final String CORRELATION = "correlation_id";

    static final String ACCOUNT = "account";
    static final String BATCH = "batch";
    static final String DISPATCH = "dispatch";

    private final Map<String, @Nullable Object> marks = new HashMap<>();

    private LogContext() {}

    /** @param correlation null where nobody knows it: that of what goes on around it does not count either */
    public static LogContext of(@Nullable String correlation) {
        return new LogContext().with(CORRELATION, correlation);
    }

    public LogContext account(String name) {
        return with(ACCOUNT, name);
    }

    public LogContext batch(String id) {
        return with(BATCH, id);
    }

    /** @param n its number in the batch */
    public LogContext dispatch(int n) {
        return with(DISPATCH, Integer.toString(n));
    }

    /** The correlation id of what goes on; null where there is none. */
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
