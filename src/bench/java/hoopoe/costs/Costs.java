package hoopoe.costs;

import hoopoe.local.Stack;
import hoopoe.local.dynamo.LocalDynamo;
import hoopoe.observability.Metric;
import hoopoe.testing.Api;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * {@code mvn -Pcosts}: sends through the local stack, counts what AWS would charge for, and writes what a million messages cost, and
 * a month without any, to {@code src/site/costs.md}.
 */
public final class Costs {

    private static final Path PAGE = Path.of("src", "site", "costs.md");
    private static final String BEGIN = "<!-- results -->";
    private static final int TICKS = 20;
    private static final int SINGLE = 100;
    private static final int BULK = 2;
    private static final int RECIPIENTS = 1000;
    private static final int MILLION = 1_000_000;

    /** Batches are kept for 90 days after their last validity and three days more. */
    private static final double MONTHS = 94 / 30.4;

    private final Stack stack;
    private final Api api;
    private final Meter meter;

    private Costs(Stack stack, CountedTable table) {
        this.stack = stack;
        this.api = new Api(stack.url());
        this.meter = new Meter(
                stack,
                table,
                stack.simulators().stream().map(Customer.class::cast).toList());
    }

    public static void main(String[] arguments) throws Exception {
        System.setProperty("log4j2.StatusLogger.level", "OFF");
        try (var table = new CountedTable(LocalDynamo.shared().endpoint());
                var stack = Stack.builder()
                        .settings(Map.of("quarkus.dynamodb.endpoint-override", table.url()))
                        .timeout(Duration.ofMinutes(3))
                        .simulator(Customer.of("called", true))
                        .simulator(Customer.of("asked", false))
                        .last()
                        .start()) {
            new Costs(stack, table).measure();
        }
        System.exit(0); // threads of DynamoDB Local
    }

    private void measure() throws Exception {
        for (var account : List.of("called", "asked")) { // sessions, environments
            run(account, 3, 1, Usage.NOTHING);
            run(account, 1, RECIPIENTS, Usage.NOTHING);
        }
        var before = meter.read();
        for (int i = 0; i < TICKS; i++) {
            api.tick();
        }
        var tick = meter.read().minus(before).times(1.0 / TICKS);
        var runs = new LinkedHashMap<String, Usage>();
        runs.put("one a call, provider calls back", run("called", SINGLE, 1, tick));
        runs.put("one a call, provider is asked", run("asked", SINGLE, 1, tick));
        runs.put("1,000 a call, provider calls back", run("called", BULK, RECIPIENTS, tick));
        runs.put("1,000 a call, provider is asked", run("asked", BULK, RECIPIENTS, tick));
        write(tables(runs, tick.times(Standing.MINUTES).plus(Standing.usage())));
    }

    /** @return for a million messages, without the ticks that come anyway */
    private Usage run(String account, int calls, int recipients, Usage tick) throws Exception {
        var before = meter.read();
        var sent = delivered(account) + calls * recipients;
        for (int i = 0; i < calls; i++) {
            var answer = api.given()
                    .header("Idempotency-Key", "costs-" + System.nanoTime())
                    .body(body(account, recipients))
                    .post("/v1/batches");
            if (answer.statusCode() != 202) {
                throw new IllegalStateException(Api.text(answer));
            }
        }
        quiet();
        int ticks = 0;
        while (delivered(account) < sent) {
            Thread.sleep(1100); // the first question comes after a second
            api.tick();
            if (++ticks > 60) {
                throw new IllegalStateException("never delivered: " + (sent - delivered(account)));
            }
        }
        return meter.read().minus(before).minus(tick.times(ticks)).times((double) MILLION / calls / recipients);
    }

    /** Until callbacks and stream have come to rest. */
    private void quiet() throws Exception {
        int lines = -1;
        while (lines != stack.log().size()) {
            lines = stack.log().size();
            Thread.sleep(3000);
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

    private static String tables(Map<String, Usage> runs, Usage idle) throws IOException {
        var prices = Price.all();
        var columns = new LinkedHashMap<String, Usage>();
        runs.forEach((name, usage) -> columns.put(
                name, usage.plus(Usage.of("table GB-months with backup", usage.of("stored bytes") / 1e9 * MONTHS))));
        columns.put("a month without messages", idle);
        var text = new StringBuilder();
        row(text, "USD", columns.keySet().stream().toList());
        row(text, "---", columns.keySet().stream().map(name -> "---:").toList());
        for (var price : prices) {
            row(
                    text,
                    price.key(),
                    columns.values().stream()
                            .map(usage -> "%.2f".formatted(Math.max(0, price.of(usage))))
                            .toList());
        }
        row(
                text,
                "**together**",
                columns.values().stream()
                        .map(usage -> "**%.2f**"
                                .formatted(prices.stream()
                                        .mapToDouble(price -> Math.max(0, price.of(usage)))
                                        .sum()))
                        .toList());
        text.append("\nWhat was counted, a message or a tick:\n\n");
        row(text, "", columns.keySet().stream().toList());
        row(text, "---", columns.keySet().stream().map(name -> "---:").toList());
        columns.values().stream()
                .flatMap(usage -> usage.amounts().keySet().stream())
                .distinct()
                .sorted()
                .filter(name -> !name.contains("-months"))
                .forEach(name -> row(
                        text,
                        name,
                        columns.values().stream()
                                .map(usage -> each(usage, idle, name))
                                .toList()));
        text.append("\nPrices of us-east-1:\n\n| | USD | for | page of AWS | read in |\n|---|---:|---:|---|---|\n");
        prices.forEach(price -> text.append("| %s | %s | %,.0f | %s | %s |\n"
                .formatted(price.key(), price.usd(), price.per(), price.source(), price.seen())));
        return text.toString();
    }

    private static String each(Usage usage, Usage idle, String name) {
        var amount = usage.of(name) / (usage == idle ? Standing.MINUTES : MILLION) * (name.equals("log GB") ? 1e9 : 1);
        return amount < 0.0005 ? "" : "%.3f".formatted(amount);
    }

    private static void row(StringBuilder text, String name, List<String> cells) {
        text.append("| ")
                .append(name.equals("log GB") ? "log GB (below: bytes)" : name)
                .append(" | ")
                .append(String.join(" | ", cells))
                .append(" |\n");
    }

    private void write(String tables) throws IOException {
        var page = Files.readString(PAGE);
        Files.writeString(PAGE, page.substring(0, page.indexOf(BEGIN)) + BEGIN + "\n\n" + tables);
    }
}
