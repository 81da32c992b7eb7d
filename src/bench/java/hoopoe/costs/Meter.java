package hoopoe.costs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hoopoe.local.Stack;
import hoopoe.store.Attributes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What a stack has used since it was started. */
record Meter(Stack stack, CountedTable table, List<Customer> customers) {

    static final String MILLISECONDS = "milliseconds of ";

    private static final String GB_SECONDS = "function GB-seconds, arm64";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> BEHIND_THE_API =
            Set.of("send", "status", "erase", "credit", "callback", "webhooks");

    /** Of each function, as template.yaml has it. */
    private static final double GIGABYTES = 0.5;

    /** Bytes of Lambda's own lines (platform.start, platform.report) an invocation, and of API Gateway's a call: assumed. */
    private static final int LAMBDAS_LINES = 600;

    private static final int GATEWAYS_LINE = 400;

    /** How long a provider, or the receiver of a webhook, takes to answer: assumed. Reports are asked for sixteen at a time. */
    private static final double ANSWER_SECONDS = 0.3;

    private static final int AT_ONCE = 16;

    /** What Lambda asks the queue for each call of a function: a message, and to delete it (assumed). */
    private static final int CALLS_OF_QUEUE = 2;

    private static final double GIGA = 1e9;
    private static final double MONTH = 30.4 * 24 * 60 * 60;

    /** Of what has no end of its own: a batch is kept for 90 days after its last validity and three days more. */
    private static final Duration KEPT = Duration.ofDays(94);

    Usage read() {
        var usage = table.usage().plus(calls()).plus(stored());
        double sends = asked("sendSMS");
        double reports = asked("getDeliveryStatus");
        double posts = usage.of("calls of webhook");
        double queued = stack.queue()
                .map(queue -> queue.wire().count("SendMessageBatch"))
                .orElse(0);
        return usage.plus(Usage.of("provider sends", sends))
                .plus(Usage.of("provider reports", reports))
                .plus(Usage.of(GB_SECONDS, (sends + posts + reports / AT_ONCE) * ANSWER_SECONDS * GIGABYTES))
                .plus(Usage.of("calls of SendMessageBatch", queued))
                .plus(Usage.of("queue calls", queued + CALLS_OF_QUEUE * posts))
                .plus(Usage.of("calls of PutEvents", stack.bus().wire().count("PutEvents")))
                .plus(Usage.of("bus events", stack.bus().events().size()));
    }

    /** What the milliseconds of functions cost. */
    static Usage memory(Usage usage) {
        return Usage.of(
                GB_SECONDS,
                usage.keeping(name -> name.startsWith(MILLISECONDS)).amounts().values().stream()
                                .mapToDouble(milliseconds -> milliseconds)
                                .sum()
                        / 1000
                        * GIGABYTES);
    }

    private double asked(String operation) {
        return customers.stream()
                .mapToInt(customer -> customer.asked(operation))
                .sum();
    }

    private Usage calls() {
        var usage = Usage.NOTHING;
        for (var line : stack.log()) {
            var begin = line.indexOf(" | ");
            if (begin > 0) {
                usage = usage.plus(said(line.substring(0, line.indexOf('-')), line.substring(begin + 3)));
            }
        }
        return usage;
    }

    private static Usage said(String function, String line) {
        if (!line.contains("\"platform.report\"")) {
            return Usage.of("log GB", (line.getBytes(StandardCharsets.UTF_8).length + 1) / GIGA);
        }
        var api = BEHIND_THE_API.contains(function);
        var milliseconds = Math.ceil(read(line).at("/record/metrics/durationMs").asDouble());
        var time = Usage.of(MILLISECONDS + function, milliseconds);
        return Usage.of("function calls", 1)
                .plus(Usage.of("calls of " + function, 1))
                .plus(time)
                .plus(memory(time))
                .plus(Usage.of("API calls", api ? 1 : 0))
                .plus(Usage.of("log GB", (LAMBDAS_LINES + (api ? GATEWAYS_LINE : 0)) / GIGA));
    }

    private static JsonNode read(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** "DynamoDB item sizes and formats", Amazon DynamoDB Developer Guide; and 100 bytes an item for its index. */
    private Usage stored() {
        var bytes = 0.0;
        var months = 0.0;
        for (var item : stack.dynamo()
                .client()
                .scanPaginator(scan -> scan.tableName(stack.table()))
                .items()) {
            var size = size(item) + 100;
            bytes += size;
            months += size * kept(item) / MONTH;
        }
        return Usage.of("stored bytes", bytes).plus(Usage.of("table GB-months with backup", months / GIGA));
    }

    /** In seconds. */
    private static double kept(Map<String, AttributeValue> item) {
        return item.containsKey(Attributes.EXPIRES_AT)
                ? Double.parseDouble(item.get(Attributes.EXPIRES_AT).n())
                        - Instant.now().getEpochSecond()
                : KEPT.toSeconds();
    }

    private static double size(Map<String, AttributeValue> item) {
        return item.entrySet().stream()
                .mapToDouble(entry -> entry.getKey().length() + size(entry.getValue()))
                .sum();
    }

    private static double size(AttributeValue value) {
        if (value.s() != null) {
            return value.s().getBytes(StandardCharsets.UTF_8).length;
        } else if (value.b() != null) {
            return value.b().asByteArrayUnsafe().length;
        } else if (value.n() != null) {
            return value.n().length() / 2.0 + 1;
        }
        return 3 + (value.hasM() ? size(value.m()) : 0);
    }
}
