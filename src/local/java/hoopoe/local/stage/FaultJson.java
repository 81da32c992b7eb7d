package hoopoe.local.stage;

import com.fasterxml.jackson.databind.JsonNode;
import hoopoe.local.wire.Ending;
import hoopoe.local.wire.Fault;
import hoopoe.local.wire.Faults;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Faults by name: {@code {"operation": "sendSMS", "fault": "slow", "millis": 5000}}. */
final class FaultJson {
    private static final Map<String, Function<JsonNode, Fault>> BY_NAME = new TreeMap<>(Map.ofEntries(
            Map.entry("drop-before-work", json -> Fault.dropBeforeWork(ending(json))),
            Map.entry("drop-after-work", json -> Fault.dropAfterWork(ending(json))),
            Map.entry("slow", json -> Fault.slow(millis(json))),
            Map.entry("slow-before-work", json -> Fault.slowBeforeWork(millis(json))),
            Map.entry("dripping", json -> Fault.dripping(millis(json))),
            Map.entry("cut", json -> Fault.cut(bytes(json), ending(json))),
            Map.entry("cut-body", json -> Fault.cutBody(bytes(json), ending(json))),
            Map.entry("shortened", json -> Fault.shortened(bytes(json))),
            Map.entry("endless", json -> Fault.endless()),
            Map.entry("redirects", json -> Fault.redirects(Control.text(json, "text"))),
            Map.entry("html-500", json -> Fault.html500()),
            Map.entry("html-500-after-work", json -> Fault.html500AfterWork()),
            Map.entry("garbage", json -> Fault.garbage()),
            Map.entry("says", json -> Fault.says(Control.text(json, "text"))),
            Map.entry("says-after-work", json -> Fault.saysAfterWork(Control.text(json, "text"))),
            Map.entry("refuses", json -> Fault.refuses(json.path("code").asInt(-99))),
            Map.entry("fails", json -> Fault.fails(Control.text(json, "text")))));

    private FaultJson() {}

    /** The names, each with its parameters. */
    static Map<String, Object> names(List<String> operations) {
        return Map.of(
                "faults",
                BY_NAME.keySet(),
                "operations",
                operations,
                "settings",
                Map.of(
                        "millis",
                        1000,
                        "bytes",
                        0,
                        "ending",
                        "close|reset|silence",
                        "text",
                        "for says, fails and redirects",
                        "code",
                        -99));
    }

    /** @throws IllegalArgumentException if there is no such fault or operation */
    static Map<String, Object> plan(Faults faults, List<String> operations, JsonNode json) {
        String name = Control.text(json, "fault");
        Function<JsonNode, Fault> fault = BY_NAME.get(name);
        if (fault == null) {
            throw new IllegalArgumentException("fault is one of " + BY_NAME.keySet());
        }
        String operation = json.path("operation").asText(Faults.ANY);
        if (!operation.equals(Faults.ANY) && !operations.contains(operation)) {
            throw new IllegalArgumentException("operation is * or one of " + operations);
        }
        faults.plan(operation, json.path("skip").asInt(0), json.path("times").asInt(1), fault.apply(json));
        return Map.of("planned", name);
    }

    private static Duration millis(JsonNode json) {
        return Duration.ofMillis(json.path("millis").asLong(1_000));
    }

    private static int bytes(JsonNode json) {
        return json.path("bytes").asInt(0);
    }

    private static Ending ending(JsonNode json) {
        return Ending.valueOf(json.path("ending").asText("close").toUpperCase(Locale.ROOT));
    }
}
