package hoopoe.local.lambda;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A runtime's report of an exception: <code>{"errorType": "…", "errorMessage": "…", "stackTrace": […]}</code>. */
final class Failure {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Failure() {}

    static Outcome.Failed parse(byte[] report) {
        try {
            var error = JSON.readTree(report);
            return new Outcome.Failed(
                    error.path("errorType").asText("Unhandled"),
                    error.path("errorMessage").asText());
        } catch (IOException e) {
            return new Outcome.Failed("Unhandled", new String(report, StandardCharsets.UTF_8));
        }
    }
}
