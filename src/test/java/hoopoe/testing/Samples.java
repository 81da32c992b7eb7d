package hoopoe.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The sample events of {@code infra/events}, each with what its function needs to find, what it answers then, and what has happened:
 * a sample whose answer would be the same if half of it were misspelt shows nothing.
 */
public final class Samples {

    private static final Path EVENTS = Path.of("infra", "events");

    private Samples() {}

    /** Something about the table and the provider. */
    public interface Step {
        void on(SampleFixture scene);
    }

    /**
     * @param name of the file, without its ending
     * @param before puts there what the event is about
     * @param answer what it holds, also the second time
     * @param after fails where nothing has come of it
     */
    public record Sample(String name, String function, Step before, String answer, Step after) {

        public byte[] event() {
            return of(name);
        }

        /** What the same call is answered when it comes once more. */
        public String again() {
            return switch (name) {
                case "webhooks" -> answer.replace("201", "409");
                case "webhook-delete" -> answer.replace("204", "404");
                default -> answer;
            };
        }

        /** Empty where it is no call of the API. */
        public String route() {
            return Api.json(new String(event(), StandardCharsets.UTF_8))
                    .path("routeKey")
                    .asText();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    public static List<Sample> all() {
        return List.of(
                new Sample("authorize", "authorize", SampleFixture::issued, "\"isAuthorized\":true", scene -> {}),
                new Sample("keys", "keys", scene -> {}, "\"key\":\"hpk_live_", scene -> {}),
                http("send", "send", 202, scene -> {}, SampleFixture::isSent),
                http("confirm", "send", 200, SampleFixture::lost, SampleFixture::isConfirmed),
                http("resend", "send", 202, SampleFixture::lost, SampleFixture::isSent),
                http("status", "status", 200, SampleFixture::waiting, scene -> {}),
                http("search", "status", 200, SampleFixture::waiting, scene -> {}),
                http("credit", "credit", 200, scene -> {}, scene -> {}),
                http("session", "credit", 200, scene -> {}, scene -> {}),
                http("erase", "erase", 200, SampleFixture::waiting, SampleFixture::isCancelled),
                http("forget", "erase", 202, scene -> {}, SampleFixture::isToBeForgotten),
                http("webhooks", "webhooks", 201, scene -> {}, SampleFixture::isRegistered),
                http("webhook-change", "webhooks", 200, SampleFixture::registered, SampleFixture::isDisabled),
                http("webhook-rotate", "webhooks", 200, SampleFixture::registered, SampleFixture::isRotated),
                http("webhook-test", "webhooks", 202, SampleFixture::registered, SampleFixture::isTested),
                http("webhook-recover", "webhooks", 202, SampleFixture::missed, SampleFixture::isRecovered),
                http("webhook-delete", "webhooks", 204, SampleFixture::registered, SampleFixture::isUnregistered),
                http("callback", "callback", 200, SampleFixture::submitted, SampleFixture::isReported),
                http("callback-post", "callback", 200, SampleFixture::submitted, SampleFixture::isReported),
                http("callback-head", "callback", 200, scene -> {}, scene -> {}),
                new Sample(
                        "dispatch",
                        "dispatch",
                        SampleFixture::waiting,
                        "{\"batchItemFailures\":[]}",
                        SampleFixture::isSent),
                new Sample("publish", "publish", SampleFixture::submitted, "", scene -> {}),
                new Sample(
                        "webhook",
                        "webhook",
                        SampleFixture::registered,
                        "{\"batchItemFailures\":[]}",
                        SampleFixture::isPosted),
                new Sample("poll", "poll", scene -> {}, "\"failed\":0", scene -> {}));
    }

    private static Sample http(String name, String function, int status, Step before, Step after) {
        return new Sample(name, function, before, "\"statusCode\":" + status, after);
    }

    public static byte[] of(String name) {
        try {
            return Files.readAllBytes(EVENTS.resolve(name + ".json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
