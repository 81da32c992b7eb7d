package hoopoe.local.dynamo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;

/**
 * One record of a table's stream as Lambda shows it to a function and to its filters.
 *
 * @param key of the item, so that one item's records stay in order
 * @param json the record; attribute values as DynamoDB writes them: {@code {"S": "a"}}
 */
record StreamRecord(String sequence, Instant created, String key, ObjectNode json) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static StreamRecord of(Record raw, String streamArn, String region) {
        var change = raw.dynamodb();
        var json = JSON.createObjectNode();
        json.put("eventID", raw.eventID());
        json.put("eventName", raw.eventNameAsString());
        json.put("eventVersion", raw.eventVersion());
        json.put("eventSource", "aws:dynamodb");
        json.put("awsRegion", region);
        var dynamo = json.putObject("dynamodb");
        dynamo.put(
                "ApproximateCreationDateTime",
                change.approximateCreationDateTime().getEpochSecond());
        dynamo.set("Keys", item(change.keys()));
        if (change.hasNewImage()) {
            dynamo.set("NewImage", item(change.newImage()));
        }
        dynamo.put("SequenceNumber", change.sequenceNumber());
        dynamo.put("SizeBytes", change.sizeBytes());
        dynamo.put("StreamViewType", change.streamViewTypeAsString());
        json.put("eventSourceARN", streamArn);
        return new StreamRecord(
                change.sequenceNumber(),
                change.approximateCreationDateTime(),
                change.keys().toString(),
                json);
    }

    private static ObjectNode item(Map<String, AttributeValue> item) {
        var node = JSON.createObjectNode();
        item.forEach((name, value) -> node.set(name, value(value)));
        return node;
    }

    private static ObjectNode value(AttributeValue value) {
        var node = JSON.createObjectNode();
        switch (value.type()) {
            case S -> node.put("S", value.s());
            case N -> node.put("N", value.n());
            case B -> node.put("B", base64(value.b()));
            case BOOL -> node.put("BOOL", value.bool());
            case NUL -> node.put("NULL", true);
            case M -> node.set("M", item(value.m()));
            case L -> value.l().stream().map(StreamRecord::value).forEach(node.putArray("L")::add);
            case SS -> strings(node, "SS", value.ss());
            case NS -> strings(node, "NS", value.ns());
            case BS ->
                strings(
                        node,
                        "BS",
                        value.bs().stream().map(StreamRecord::base64).toList());
            default -> throw new IllegalArgumentException("attribute value of an unknown type");
        }
        return node;
    }

    private static void strings(ObjectNode node, String type, Collection<String> strings) {
        strings.forEach(node.putArray(type)::add);
    }

    private static String base64(SdkBytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.asByteArray());
    }
}
