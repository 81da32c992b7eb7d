package hoopoe.testing;

import hoopoe.observability.SafeStackTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;

/** What everything below a logger says while this is open, as the log tells it: exceptions by {@link SafeStackTrace}. */
public final class LogLines implements AutoCloseable {

    private static final ExtFormatter WORDS = new ExtFormatter() {
        @Override
        public String format(ExtLogRecord line) {
            return formatMessage(line);
        }
    };

    private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
    private final Logger logger;
    private final Handler taken = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(WORDS.format(line) + (line.getThrown() == null ? "" : ' ' + SafeStackTrace.of(line.getThrown())));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private LogLines(Logger logger) {
        this.logger = logger;
        logger.addHandler(taken);
    }

    /** @param name a class' or a package's; empty for all */
    public static LogLines of(String name) {
        return new LogLines(Logger.getLogger(name));
    }

    /** So far, in order. */
    public List<String> all() {
        return new ArrayList<>(lines);
    }

    @Override
    public void close() {
        logger.removeHandler(taken);
    }
}
