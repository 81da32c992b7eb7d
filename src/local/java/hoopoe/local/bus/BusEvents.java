package hoopoe.local.bus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hoopoe.local.aws.AwsEndpoint;
import hoopoe.local.aws.AwsRefusal;
import hoopoe.local.dynamo.LocalDynamo;
import hoopoe.local.iam.Arn;
import hoopoe.local.iam.Guard;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** {@code PutEvents} (Amazon EventBridge API Reference), and what came by it. */
final class BusEvents implements AwsEndpoint.Operations {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ENTRIES = 10;
    private static final int BYTES = 256 * 1024;
    private static final int TIME_BYTES = 14;

    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final Guard guard;
    private final Clock clock;
    private int refusals;
    private String code = "";

    BusEvents(Guard guard, Clock clock) {
        this.guard = guard;
        this.clock = clock;
    }

    /** As a rule's target gets them, in the order in which they came. */
    List<JsonNode> all() {
        return List.copyOf(events);
    }

    /** So many entries from now on are refused with this code, and others of their call are not. */
    synchronized void refuse(int entries, String why) {
        refusals = entries;
        code = why;
    }

    @Override
    public JsonNode answer(String principal, String operation, JsonNode body) {
        if (!operation.equals("PutEvents")) {
            throw new AwsRefusal("UnknownOperationException", "");
        }
        var entries = body.path("Entries");
        if (!entries.isArray() || entries.isEmpty() || entries.size() > ENTRIES) {
            throw new AwsRefusal("ValidationException", "1 to 10 entries");
        }
        int bytes = 0;
        for (var entry : entries) {
            demand(principal, entry.path("EventBusName").asText("default"));
            bytes += size(entry);
        }
        if (bytes > BYTES) {
            throw new AwsRefusal("ValidationException", "Total size of the entries in the request is over the limit.");
        }
        return put(entries);
    }

    private JsonNode put(JsonNode entries) {
        var answer = JSON.createObjectNode();
        var results = answer.putArray("Entries");
        int failed = 0;
        for (var entry : entries) {
            var result = put(entry, results.addObject());
            failed += result.has("ErrorCode") ? 1 : 0;
        }
        return answer.put("FailedEntryCount", failed);
    }

    private ObjectNode put(JsonNode entry, ObjectNode result) {
        var error = error(entry);
        if (!error.isEmpty()) {
            return result.put("ErrorCode", error).put("ErrorMessage", "");
        }
        var id = UUID.randomUUID().toString();
        events.add(event(id, entry));
        return result.put("EventId", id);
    }

    private synchronized String error(JsonNode entry) {
        if (refusals > 0) {
            refusals--;
            return code;
        }
        if (entry.path("Source").asText().isEmpty()
                || entry.path("DetailType").asText().isEmpty()) {
            return "InvalidArgument";
        }
        return detail(entry).isObject() ? "" : "MalformedDetail";
    }

    private JsonNode event(String id, JsonNode entry) {
        var time = entry.has("Time") ? Instant.ofEpochSecond(entry.path("Time").asLong()) : clock.instant();
        var event = JSON.createObjectNode()
                .put("version", "0")
                .put("id", id)
                .put("detail-type", entry.path("DetailType").asText())
                .put("source", entry.path("Source").asText())
                .put("account", Arn.ACCOUNT)
                .put("time", time.toString())
                .put("region", LocalDynamo.REGION);
        event.putArray("resources");
        event.set("detail", detail(entry));
        return event;
    }

    private static JsonNode detail(JsonNode entry) {
        try {
            return JSON.readTree(entry.path("Detail").asText());
        } catch (JsonProcessingException e) {
            return JsonNodeFactory.instance.missingNode();
        }
    }

    /** EventBridge User Guide, "Calculating PutEvents event entry size". */
    private static int size(JsonNode entry) {
        int bytes = entry.has("Time") ? TIME_BYTES : 0;
        for (var part : List.of("Source", "DetailType", "Detail")) {
            bytes += entry.path(part).asText().getBytes(StandardCharsets.UTF_8).length;
        }
        return bytes;
    }

    private void demand(String principal, String bus) {
        var arn = bus.startsWith("arn:") ? bus : Arn.bus(bus);
        if (!guard.allows(principal, "events:PutEvents", arn)) {
            throw new AwsRefusal("AccessDeniedException", Arn.denial(principal, "events:PutEvents", arn));
        }
    }
}
