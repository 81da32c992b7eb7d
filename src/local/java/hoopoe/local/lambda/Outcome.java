package hoopoe.local.lambda;

import java.nio.charset.StandardCharsets;

/** How an invocation ended. */
public sealed interface Outcome {

    /**
     * The function answered.
     *
     * @param body JSON
     */
    record Returned(byte[] body) implements Outcome {

        @Override
        public String toString() {
            return "Returned[" + new String(body, StandardCharsets.UTF_8) + "]";
        }
    }

    /**
     * A function error: an exception, a timeout, or an environment that ended.
     *
     * @param type such as {@code Sandbox.Timedout}
     */
    record Failed(String type, String message) implements Outcome {}
}
