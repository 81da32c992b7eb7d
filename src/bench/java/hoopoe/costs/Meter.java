package hoopoe.costs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hoopoe.local.Stack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What a stack has used since it was started. */
record Meter(Stack stack, CountedTable table, List<Customer> customers) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> BEHIND_THE_API =
            Set.of("send", "status", "erase", "credit", "callback", "webhooks");

    /** Of each function, as template.yaml has it. */
    private static final double GIGABYTES = 0.5;

    /** Bytes of Lambda's own lines (platform.start, platform.report) an invocation, and of API Gateway's a call: assumed. */
    private static final int LAMBDAS_LINES = 600;

    private static final int GATEWAYS_LINE = 400;

    /** How long a provider takes to answer: assumed. Reports are asked for sixteen at a time. */
    private static final double PROVIDER_SECONDS = 0.3;

    private static final int AT_ONCE = 16;

    private static final double GIGA = 1e9;

    Usage read() {
        var usage = table.usage().plus(calls()).plus(Usage.of("stored bytes", stored()));
        double sends = asked("sendSMS");
        double reports = asked("getDeliveryStatus");
        return usage.plus(Usage.of("provider sends", sends))
                .plus(Usage.of("provider reports", reports))
                .plus(Usage.of(
                        "function GB-seconds, arm64", (sends + reports / AT_ONCE) * PROVIDER_SECONDS * GIGABYTES));
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
        return Usage.of("function calls", 1)
                .plus(Usage.of("calls of " + function, 1))
                .plus(Usage.of("milliseconds of " + function, milliseconds))
                .plus(Usage.of("function GB-seconds, arm64", milliseconds / 1000 * GIGABYTES))
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
    private double stored() {
        return stack.dynamo().client().scanPaginator(scan -> scan.tableName(stack.table())).items().stream()
                .mapToDouble(item -> size(item) + 100)
                .sum();
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
