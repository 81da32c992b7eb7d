package hoopoe.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * The items that an earlier commit wrote, one of each kind at least, in DynamoDB's JSON. Persisted names and forms outlive the
 * code that wrote them: who changes them reads these too. A dump is never made anew; one of a later commit comes beside it.
 *
 * @param now when it was taken
 */
public record TableDump(Instant now, List<Map<String, AttributeValue>> items) {

    /** DynamoDB takes no more at once. */
    private static final int BATCH_WRITE = 25;

    /** As commit 020edb9 wrote them. */
    public static TableDump of020edb9() {
        var json = resource("table-020edb9.json");
        var items = new ArrayList<Map<String, AttributeValue>>();
        json.path("items").forEach(item -> items.add(attributes(item)));
        return new TableDump(Instant.parse(json.path("now").asText()), items);
    }

    /** What that commit's code said of them. */
    public static JsonNode answersOf020edb9() {
        return resource("answers-020edb9.json");
    }

    /** @param table empty */
    public void load(DynamoDbClient client, String table) {
        var writes = items.stream()
                .map(item -> WriteRequest.builder()
                        .putRequest(PutRequest.builder().item(item).build())
                        .build())
                .toList();
        for (int from = 0; from < writes.size(); from += BATCH_WRITE) {
            var some = writes.subList(from, Math.min(writes.size(), from + BATCH_WRITE));
            client.batchWriteItem(write -> write.requestItems(Map.of(table, some)));
        }
    }

    private static JsonNode resource(String name) {
        try (var in = TableDump.class.getResourceAsStream("/hoopoe/store/" + name)) {
            return new ObjectMapper().readTree(Objects.requireNonNull(in, name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, AttributeValue> attributes(JsonNode object) {
        var attributes = new HashMap<String, AttributeValue>();
        object.properties().forEach(member -> attributes.put(member.getKey(), attribute(member.getValue())));
        return attributes;
    }

    private static AttributeValue attribute(JsonNode typed) {
        var type = typed.fieldNames().next();
        var value = typed.get(type);
        return switch (type) {
            case "S" -> AttributeValue.fromS(value.asText());
            case "N" -> AttributeValue.fromN(value.asText());
            case "BOOL" -> AttributeValue.fromBool(value.asBoolean());
            case "B" -> AttributeValue.fromB(bytes(value));
            case "SS" -> AttributeValue.fromSs(texts(value));
            case "NS" -> AttributeValue.fromNs(texts(value));
            case "M" -> AttributeValue.fromM(attributes(value));
            default -> throw new IllegalStateException("no such type: " + type);
        };
    }

    private static SdkBytes bytes(JsonNode base64) {
        try {
            return SdkBytes.fromByteArray(base64.binaryValue());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> texts(JsonNode array) {
        return IntStream.range(0, array.size())
                .mapToObj(i -> array.get(i).asText())
                .toList();
    }
}
