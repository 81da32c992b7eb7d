package hoopoe.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/**
 * {@code mvn -Prun}: the local stack on 127.0.0.1:3000 until it is interrupted.
 *
 * <p>Its own settings, like all others given as system properties or environment variables, are in {@code src/site/tour.md}. Where it
 * does not start, it says why and ends with status 1.
 */
public final class Run {

    private static final String DRY_RUN = """
            {"version":"2.0","routeKey":"POST /v1/batches","rawPath":"/v1/batches","rawQueryString":"",\
            "headers":{"content-type":"application/json"},\
            "requestContext":{"http":{"method":"POST","path":"/v1/batches"},"requestId":"warm-up","stage":"$default",\
            "authorizer":{"lambda":{"caller":"local","key":"warm-up","kind":"live","scopes":"batches:write"}}},\
            "body":"{\\"dry_run\\":true,\\"text\\":\\"ready?\\",\\"recipients\\":[{\\"to\\":\\"+886912345678\\"}]}",\
            "isBase64Encoded":false}
            """;

    private Run() {}

    public static void main(String[] arguments) throws InterruptedException {
        try {
            start();
        } catch (IllegalStateException e) {
            fail(e.getMessage());
        } catch (RuntimeException | Error e) {
            e.printStackTrace();
            fail(e.toString());
        }
        new CountDownLatch(1).await();
    }

    /** Maven would wait for threads that do not end by themselves, such as DynamoDB Local's. */
    private static void fail(String why) {
        System.err.println("Hoopoe does not start: " + why);
        System.exit(1);
    }

    private static void start() throws InterruptedException {
        var began = System.nanoTime();
        // DynamoDB Local's; without a logging back end it would complain of that as an error.
        System.setProperty("log4j2.StatusLogger.level", "OFF");
        var given = Settings.given(System.getProperties(), System.getenv());
        var stack = Stack.builder()
                .port(LocalPort.of(given, "hoopoe.local.port", 3000).free())
                .secretsPort(
                        LocalPort.of(given, "hoopoe.local.secrets-port", 3004).free())
                .parameter("EventBus", "new")
                .busPort(LocalPort.of(given, "hoopoe.local.bus-port", 3005).free())
                .receiverPort(
                        LocalPort.of(given, "hoopoe.local.receiver-port", 3006).free())
                .every(Duration.ofSeconds(Settings.number(given, "hoopoe.local.tick", 1)))
                .simulators(LocalProvider.all(given))
                .settings(Map.of("hoopoe.default-account", LocalProvider.defaultAccount()))
                .settings(given)
                .limited()
                .log(line -> ReadableLog.of(line).ifPresent(System.out::println))
                .last()
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "close"));
        warmUp(stack);
        var seconds = (System.nanoTime() - began) / 1_000_000_000.0;
        System.out.println(welcome(stack, seconds));
    }

    /** Calls all functions behind the gateway once, with harmless requests; the ids in them do not exist. */
    private static void warmUp(Stack stack) throws InterruptedException {
        var warmUp = new WarmUp(stack::invoke, System.out::println);
        warmUp.call("authorize", utf8("{\"identitySource\":[\"Bearer " + LocalKeys.TEST + "\"]}"));
        warmUp.call("send", utf8(DRY_RUN));
        warmUp.call("status", event("status"));
        warmUp.call("credit", event("credit"));
        warmUp.call("erase", event("erase"));
        warmUp.call("webhooks", event("webhook-delete"));
        warmUp.call("callback", event("callback-head"));
    }

    private static byte[] event(String name) {
        try {
            return Files.readAllBytes(Path.of("infra", "events", name + ".json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String welcome(Stack stack, double seconds) {
        return """

                Hoopoe is ready at %1$s (%2$.1f s). Ctrl-C ends it. Look at it in a browser:

                  %1$s/console#key=%4$s

                Or try:

                  export KEY=%4$s
                  curl -i -H "Authorization: Bearer $KEY" %1$s/v1/batches -H 'content-type: application/json' \\
                    -H "Idempotency-Key: $(date +%%s)" \\
                    -d '{"text": "Hello 你好", "recipients": [{"to": "0912345678"}, {"to": "0912345907"}]}'
                  curl -i -H "Authorization: Bearer $KEY" %1$s/v1/batches/<id>
                  curl -i -H "Authorization: Bearer $KEY" %1$s/v1/replies

                To get events by webhook, register the stack's receiver, which takes the secret from the response. Then send again,
                and see some seconds later what came to it, and what is on the bus:

                  curl -s -H "Authorization: Bearer $KEY" %1$s/v1/webhooks -H 'content-type: application/json' \\
                    -d '{"url": "%7$s"}' | curl %7$s_sim/secrets -d @-
                  curl %7$s_sim/webhooks
                  curl %6$s/_sim/events

                The key reaches simulators only. Real providers too, where an account is pointed at one, are for

                  export KEY=%5$s

                The providers behind it, each with its controls under /_sim there:

                %3$s
                """.formatted(
                        stack.url(),
                        seconds,
                        addresses(stack.simulators()),
                        LocalKeys.TEST,
                        LocalKeys.LIVE,
                        stack.bus().url(),
                        stack.receiver().url());
    }

    private static String addresses(List<Simulator> providers) {
        return providers.stream()
                .map(provider -> "  %-9s %s".formatted(provider.name(), provider.url()))
                .collect(Collectors.joining("\n"));
    }
}
