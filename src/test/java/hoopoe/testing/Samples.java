package hoopoe.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The sample events of {@code infra/events}, one a function, and what a function answers to its own where it knows nothing yet. */
public final class Samples {

    private static final Path EVENTS = Path.of("infra", "events");

    /** What the answer to each holds; each name is a function's and a file's. */
    public static final Map<String, String> ANSWERS = Map.of(
            "authorize", "{\"isAuthorized\":false,\"context\":{}}",
            "keys", "\"key\":\"hpk_live_",
            "send", "\"statusCode\":202",
            "status", "\"statusCode\":404",
            "credit", "\"statusCode\":200",
            "erase", "\"statusCode\":404",
            "callback", "\"statusCode\":404",
            "dispatch", "{\"batchItemFailures\":[]}",
            "poll", "\"failed\":0");

    private Samples() {}

    public static byte[] of(String function) {
        try {
            return Files.readAllBytes(EVENTS.resolve(function + ".json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
