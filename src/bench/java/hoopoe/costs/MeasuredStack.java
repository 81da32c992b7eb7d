package hoopoe.costs;

import hoopoe.local.Stack;
import hoopoe.local.dynamo.LocalDynamo;
import hoopoe.observability.Metric;
import hoopoe.testing.Api;
import io.restassured.response.Response;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A local stack, on which messages are sent and all is counted that AWS charges for. */
final class MeasuredStack implements AutoCloseable {

    /** Its provider calls back. */
    static final String CALLED = "called";

    /** Its provider has to be asked. */
    static final String ASKED = "asked";

    static final int MILLION = 1_000_000;

    private static final int TICKS = 10;
    private static final int MANY = 100;
    private static final int TICKS_AT_MOST = 60;

    private final CountedTable table = new CountedTable(LocalDynamo.shared().endpoint());
    private final Stack stack;
    private final Api api;
    private final Meter meter;
    private Usage tick = Usage.NOTHING;

    /** @param parameters of the template */
    MeasuredStack(Map<String, String> parameters) {
        var builder = Stack.builder()
                .settings(Map.of("quarkus.dynamodb.endpoint-override", table.url()))
                .timeout(Duration.ofMinutes(3))
                .simulator(Customer.of(CALLED, true))
                .simulator(Customer.of(ASKED, false))
                .last();
        parameters.forEach(builder::parameter);
        stack = builder.start();
        api = new Api(stack.url());
        meter = new Meter(stack, table, customers());
    }

    /** From now on that endpoint takes all events. To be called before anything is sent. */
    MeasuredStack listening(URI receiver) {
        expect(201, api.post("/v1/webhooks", "{\"url\": \"" + receiver + "\"}"));
        return this;
    }

    /** Until sessions and environments are there, as they are where there is work. */
    MeasuredStack warm(String... accounts) throws Exception {
        for (var account : accounts) {
            sent(account, 3, 1);
            sent(account, 1, MANY);
        }
        var before = meter.read();
        for (int i = 0; i < TICKS; i++) {
            api.tick();
        }
        tick = meter.read().minus(before).times(1.0 / TICKS);
        return this;
    }

    /** Of a tick that finds nothing to do. */
    Usage tick() {
        return tick;
    }

    /** @return for a million messages, without the ticks that come anyway */
    Usage sent(String account, int calls, int recipients) throws Exception {
        var before = meter.read();
        var all = delivered(account) + calls * recipients;
        for (int i = 0; i < calls; i++) {
            expect(202, api.send(body(account, recipients), "Idempotency-Key", "costs-" + System.nanoTime()));
        }
        quiet();
        int ticks = 0;
        while (delivered(account) < all) {
            Thread.sleep(1100); // the first question comes after a second
            api.tick();
            if (++ticks > TICKS_AT_MOST) {
                throw new IllegalStateException("never delivered: " + (all - delivered(account)));
            }
        }
        quiet();
        return used(before, ticks, calls * recipients);
    }

    /** Each receiver of a message that was sent alone answers it. @return for a million replies, as above */
    Usage replied(String account) throws Exception {
        var before = meter.read();
        int replies = customers().stream()
                .filter(customer -> customer.name().equals(account))
                .mapToInt(Customer::reply)
                .sum();
        quiet();
        api.tick();
        quiet();
        return used(before, 1, replies);
    }

    private Usage used(Usage before, int ticks, int times) {
        return meter.read().minus(before).minus(tick.times(ticks)).times((double) MILLION / times);
    }

    private List<Customer> customers() {
        return stack.simulators().stream().map(Customer.class::cast).toList();
    }

    private static void expect(int status, Response answer) {
        if (answer.statusCode() != status) {
            throw new IllegalStateException(Api.text(answer));
        }
    }

    /** Until callbacks, stream and queue have come to rest. */
    private void quiet() throws Exception {
        int lines = -1;
        while (lines != stack.log().size()) {
            lines = stack.log().size();
            Thread.sleep(4000);
        }
    }

    /** As the functions themselves tell CloudWatch. */
    private int delivered(String account) {
        return stack.log().stream()
                .filter(line -> line.contains("\"_aws\"") && line.contains('"' + account + '"'))
                .mapToInt(line -> Api.json(line.substring(line.indexOf(" | ") + 3))
                        .path(Metric.MESSAGES_DELIVERED.label())
                        .asInt())
                .sum();
    }

    private static String body(String account, int recipients) {
        return "{\"account\": \"%s\", \"text\": \"Your code is 123456\", \"recipients\": [%s]}"
                .formatted(
                        account,
                        IntStream.range(0, recipients)
                                .mapToObj(n -> "{\"to\": \"+8869%05d%d%02d\"}".formatted(n / 800, n / 100 % 8, n % 100))
                                .collect(Collectors.joining(", ")));
    }

    @Override
    public void close() {
        stack.close();
        table.close();
    }
}
