package hoopoe.costs;

import hoopoe.testing.SocketPeer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * {@code mvn -Pcosts}: sends through the local stack, counts what AWS would charge for, and writes what a million messages cost,
 * what it costs more to tell somebody of them, and a month without any, to {@code src/site/costs.md}.
 */
public final class Costs {

    private static final Path PAGE = Path.of("src", "site", "costs.md");
    private static final String BEGIN = "<!-- results -->";
    private static final int SINGLE = 25;
    private static final int BULK = 1;
    private static final int RECIPIENTS = 1000;
    private static final String LOGS = "log GB";

    /** What the first table names, with and without listeners. */
    private final Map<String, Usage> sent = new LinkedHashMap<>();

    private final Map<String, Usage> told = new LinkedHashMap<>();
    private Usage month = Usage.NOTHING;

    private Costs() {}

    public static void main(String[] arguments) throws Exception {
        System.setProperty("log4j2.StatusLogger.level", "OFF");
        var costs = new Costs();
        costs.measure();
        costs.write();
        System.exit(0); // threads of DynamoDB Local
    }

    private void measure() throws Exception {
        Usage single;
        Usage bulk;
        Usage reply;
        try (var stack = new MeasuredStack(Map.of()).warm(MeasuredStack.CALLED, MeasuredStack.ASKED)) {
            single = stack.sent(MeasuredStack.CALLED, SINGLE, 1);
            bulk = stack.sent(MeasuredStack.CALLED, BULK, RECIPIENTS);
            sent.put("one a call, provider calls back", single);
            sent.put("one a call, provider is asked", stack.sent(MeasuredStack.ASKED, SINGLE, 1));
            sent.put("1,000 a call, provider calls back", bulk);
            sent.put("1,000 a call, provider is asked", stack.sent(MeasuredStack.ASKED, BULK, RECIPIENTS));
            reply = stack.replied(MeasuredStack.CALLED);
            month = stack.tick().times(Standing.MINUTES).plus(Standing.usage());
        }
        try (var stack = new MeasuredStack(Map.of("EventBus", "new")).warm(MeasuredStack.CALLED)) {
            told.put("bus, one a call", more(stack.sent(MeasuredStack.CALLED, SINGLE, 1), single));
            told.put("bus, 1,000 a call", more(stack.sent(MeasuredStack.CALLED, BULK, RECIPIENTS), bulk));
        }
        try (var receiver = SocketPeer.saying(SocketPeer.http(204, "text/plain", ""));
                var stack =
                        new MeasuredStack(Map.of()).listening(receiver.url()).warm(MeasuredStack.CALLED)) {
            told.put("endpoint, one a call", more(stack.sent(MeasuredStack.CALLED, SINGLE, 1), single));
            told.put("endpoint, 1,000 a call", more(stack.sent(MeasuredStack.CALLED, BULK, RECIPIENTS), bulk));
            told.put("endpoint, a reply", more(stack.replied(MeasuredStack.CALLED), reply));
        }
        told.put("a reply, nobody listens", reply);
    }

    /** Of the functions that work for events only: how long the others take differs from run to run. */
    private static Usage more(Usage listened, Usage without) {
        var more = listened.minus(without);
        var others = more.keeping(
                name -> name.startsWith(Meter.MILLISECONDS) && !name.endsWith("publish") && !name.endsWith("webhook"));
        return more.minus(others).minus(Meter.memory(others)).keeping(name -> !others.amounts()
                .containsKey(name));
    }

    private void write() throws IOException {
        var prices = Price.all();
        var text = new StringBuilder();
        var columns = new LinkedHashMap<>(sent);
        columns.put("a month without messages", month);
        priced(text, columns, prices);
        text.append("\nWhat was counted, a message or a tick:\n\n");
        counted(text, columns);
        text.append(
                "\nWhat it costs more that somebody is told of a million messages, and what a million replies cost:\n\n");
        priced(text, told, prices.stream().filter(this::isForEvents).toList());
        text.append("\nWhat was counted, a message or a reply:\n\n");
        counted(text, told);
        text.append("\nPrices of us-east-1:\n\n| | USD | for | page of AWS | read in |\n|---|---:|---:|---|---|\n");
        prices.forEach(price -> text.append("| %s | %s | %,.0f | %s | %s |\n"
                .formatted(price.key(), price.usd(), price.per(), price.source(), price.seen())));
        var page = Files.readString(PAGE);
        Files.writeString(PAGE, page.substring(0, page.indexOf(BEGIN)) + BEGIN + "\n\n" + text);
    }

    private boolean isForEvents(Price price) {
        return told.values().stream().anyMatch(usage -> price.of(usage) >= 0.005);
    }

    private static void priced(StringBuilder text, Map<String, Usage> columns, List<Price> prices) {
        heading(text, "USD", columns);
        prices.forEach(price -> row(text, price.key(), columns, (name, usage) -> "%.2f".formatted(cost(price, usage))));
        row(text, "**together**", columns, (name, usage) -> "**%.2f**"
                .formatted(
                        prices.stream().mapToDouble(price -> cost(price, usage)).sum()));
    }

    private static double cost(Price price, Usage usage) {
        return Math.max(0, price.of(usage));
    }

    private void counted(StringBuilder text, Map<String, Usage> columns) {
        heading(text, "", columns);
        columns.values().stream()
                .flatMap(usage -> usage.amounts().keySet().stream())
                .distinct()
                .sorted()
                .filter(name -> !name.contains("-months"))
                .filter(name -> columns.values().stream()
                        .anyMatch(usage -> !each(usage, name).isEmpty()))
                .forEach(name -> row(text, name, columns, (column, usage) -> each(usage, name)));
    }

    private String each(Usage usage, String name) {
        var amount = usage.of(name)
                / (usage == month ? Standing.MINUTES : MeasuredStack.MILLION)
                * (name.equals(LOGS) ? 1e9 : 1);
        return amount < 0.0005 ? "" : "%.3f".formatted(amount);
    }

    private static void heading(StringBuilder text, String name, Map<String, Usage> columns) {
        row(text, name, columns, (column, usage) -> column);
        row(text, "---", columns, (column, usage) -> "---:");
    }

    private static void row(
            StringBuilder text, String name, Map<String, Usage> columns, BiFunction<String, Usage, String> cell) {
        text.append("| ").append(name.equals(LOGS) ? "log GB (below: bytes)" : name);
        columns.forEach((column, usage) -> text.append(" | ").append(cell.apply(column, usage)));
        text.append(" |\n");
    }
}
