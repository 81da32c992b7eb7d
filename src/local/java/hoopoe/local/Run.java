package hoopoe.local;

import hoopoe.local.lambda.Outcome;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * {@code mvn -Prun}: the local stack on 127.0.0.1:3000 until it is interrupted.
 *
 * <p>Its own settings, like all others given as system properties or environment variables: {@code hoopoe.local.port} (3000),
 * {@code hoopoe.local.every8d-port} of the simulator (3001), {@code hoopoe.local.tick} (seconds between two ticks, 1; 0 for
 * only by {@code POST /_local/tick/poll}).
 */
public final class Run {

    private static final String WARM_UP = """
            {"version":"2.0","routeKey":"POST /v1/batches","rawPath":"/v1/batches","rawQueryString":"",\
            "headers":{"content-type":"application/json"},\
            "requestContext":{"http":{"method":"POST","path":"/v1/batches"},"requestId":"warm-up","stage":"$default"},\
            "body":"{\\"dry_run\\":true,\\"text\\":\\"ready?\\",\\"recipients\\":[{\\"to\\":\\"+886912345678\\"}]}",\
            "isBase64Encoded":false}
            """;

    private Run() {}

    public static void main(String[] arguments) throws InterruptedException {
        var began = System.nanoTime();
        // DynamoDB Local's; without a logging back end it would complain of that as an error.
        System.setProperty("log4j2.StatusLogger.level", "OFF");
        var given = Settings.given(System.getProperties(), System.getenv());
        var stack = Stack.builder()
                .port(Integer.parseInt(given.getOrDefault("HOOPOE_LOCAL_PORT", "3000")))
                .every(Duration.ofSeconds(Long.parseLong(given.getOrDefault("HOOPOE_LOCAL_TICK", "1"))))
                .simulator(Every8d.on(Integer.parseInt(given.getOrDefault("HOOPOE_LOCAL_EVERY8D_PORT", "3001"))))
                .settings(given)
                .log(System.out::println)
                .last()
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "close"));
        var warm = stack.invoke("send", WARM_UP.getBytes(StandardCharsets.UTF_8));
        if (warm instanceof Outcome.Failed) {
            throw new IllegalStateException("send does not start: " + warm);
        }
        var every8d = stack.simulator(Every8d.class).simulator().url();
        System.out.println(welcome(stack.url(), every8d, (System.nanoTime() - began) / 1_000_000_000.0));
        new CountDownLatch(1).await();
    }

    static String welcome(URI api, String every8d, double seconds) {
        return """

                Hoopoe is ready at %1$s (%2$.1f s). Ctrl-C ends it. Try:

                  curl -i %1$s/v1/batches -H 'content-type: application/json' -H "Idempotency-Key: $(date +%%s)" \\
                    -d '{"text": "Hello 你好", "recipients": [{"to": "0912345678"}, {"to": "0912345907"}]}'
                  curl -i %1$s/v1/batches/<id>
                  curl -i %1$s/v1/replies

                The EVERY8D behind it is %3$s, its controls are under /_sim there.
                """.formatted(api, seconds, every8d);
    }
}
