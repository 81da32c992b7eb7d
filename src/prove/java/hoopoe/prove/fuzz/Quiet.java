package hoopoe.prove.fuzz;

import hoopoe.observability.Metrics;
import java.time.Clock;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Metrics and logs of millions of executions, which nobody reads. */
public final class Quiet {

    private Quiet() {}

    public static Metrics metrics() {
        return new Metrics(Clock.systemUTC(), "Hoopoe/prove", "fuzz", line -> {});
    }

    /**
     * Turns a log off while Jazzer searches. Among other tests, which read it, it stays as it is.
     *
     * @return must be kept: a logger that nobody holds forgets its level
     */
    public static Logger logger(Class<?> of) {
        var logger = Logger.getLogger(of.getName());
        if (!"false".equals(System.getProperty("jazzer.hooks"))) {
            logger.setLevel(Level.OFF);
        }
        return logger;
    }
}
