package hoopoe.local;

import hoopoe.local.lambda.Outcome;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/**
 * {@code mvn -Prun}: the local stack on 127.0.0.1:3000 until it is interrupted.
 *
 * <p>Its own settings, like all others given as system properties or environment variables: {@code hoopoe.local.port} (3000),
 * {@code hoopoe.local.<provider>-port} of the simulators (see {@link LocalProvider}), {@code hoopoe.local.secrets-port} (3004), {@code hoopoe.local.tick} (seconds between two ticks, 1; 0 for
 * only by {@code POST /_local/tick/poll}).
 */
public final class Run {

    private static final String WARM_UP = """
            {"version":"2.0","routeKey":"POST /v1/batches","rawPath":"/v1/batches","rawQueryString":"",\
            "headers":{"content-type":"application/json"},\
            "requestContext":{"http":{"method":"POST","path":"/v1/batches"},"requestId":"warm-up","stage":"$default",\
            "authorizer":{"lambda":{"caller":"local","key":"warm-up","kind":"live","scopes":"batches:write"}}},\
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
                .secretsPort(Integer.parseInt(given.getOrDefault("HOOPOE_LOCAL_SECRETS_PORT", "3004")))
                .every(Duration.ofSeconds(Long.parseLong(given.getOrDefault("HOOPOE_LOCAL_TICK", "1"))))
                .simulators(LocalProvider.all(given))
                .settings(Map.of("hoopoe.default-account", LocalProvider.defaultAccount()))
                .settings(given)
                .limited()
                .log(line -> ReadableLog.of(line).ifPresent(System.out::println))
                .last()
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "close"));
        warmUp(stack, "authorize", "{\"identitySource\":[\"Bearer " + LocalKeys.TEST + "\"]}");
        warmUp(stack, "send", WARM_UP);
        var seconds = (System.nanoTime() - began) / 1_000_000_000.0;
        System.out.println(welcome(stack.url(), stack.simulators(), seconds));
        new CountDownLatch(1).await();
    }

    private static void warmUp(Stack stack, String function, String event) throws InterruptedException {
        var warm = stack.invoke(function, event.getBytes(StandardCharsets.UTF_8));
        if (warm instanceof Outcome.Failed) {
            throw new IllegalStateException(function + " does not start: " + warm);
        }
    }

    static String welcome(URI api, List<Simulator> providers, double seconds) {
        return """

                Hoopoe is ready at %1$s (%2$.1f s). Ctrl-C ends it. Try:

                  export KEY=%4$s
                  curl -i -H "Authorization: Bearer $KEY" %1$s/v1/batches -H 'content-type: application/json' \\
                    -H "Idempotency-Key: $(date +%%s)" \\
                    -d '{"text": "Hello 你好", "recipients": [{"to": "0912345678"}, {"to": "0912345907"}]}'
                  curl -i -H "Authorization: Bearer $KEY" %1$s/v1/batches/<id>
                  curl -i -H "Authorization: Bearer $KEY" %1$s/v1/replies

                The key reaches simulators only. Real providers too, where an account is pointed at one, are for

                  export KEY=%5$s

                The providers behind it, each with its controls under /_sim there:

                %3$s
                """.formatted(api, seconds, addresses(providers), LocalKeys.TEST, LocalKeys.LIVE);
    }

    private static String addresses(List<Simulator> providers) {
        return providers.stream()
                .map(provider -> "  %-9s %s".formatted(provider.name(), provider.url()))
                .collect(Collectors.joining("\n"));
    }
}
