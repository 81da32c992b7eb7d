package hoopoe.local;

import hoopoe.local.lambda.Outcome;
import java.util.function.Consumer;

/** Calls functions before anybody waits for them: the first call of each starts a JVM, within the time that Lambda gives a warm one. */
final class WarmUp {

    private static final int TRIES = 5;

    /** {@link Stack#invoke}. */
    interface Functions {

        Outcome invoke(String function, byte[] event) throws InterruptedException;
    }

    private final Functions functions;
    private final Consumer<String> log;

    /** @param log told of each try that failed */
    WarmUp(Functions functions, Consumer<String> log) {
        this.functions = functions;
        this.log = log;
    }

    /**
     * Returns when the function has answered.
     *
     * @throws IllegalStateException where it never does
     */
    void call(String function, byte[] event) throws InterruptedException {
        for (int n = 1; n <= TRIES; n++) {
            if (!(functions.invoke(function, event) instanceof Outcome.Failed failed)) {
                return;
            }
            log.accept("%s does not answer yet (%d of %d tries): %s".formatted(function, n, TRIES, failed));
        }
        throw new IllegalStateException(function
                + " does not answer. If it was only slow, run mvn -Prun again when the machine has less to do; if not,"
                + " the log above says why");
    }
}
