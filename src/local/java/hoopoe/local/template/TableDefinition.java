package hoopoe.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The table of {@code infra/data.yaml}.
 *
 * @param attributes key attributes and their types ({@code S}, {@code N}, {@code B})
 * @param keys hash key, then range key
 * @param expiry the attribute that time to live looks at
 * @param streamView such as {@code NEW_IMAGE}
 */
public record TableDefinition(
        Map<String, String> attributes, List<String> keys, List<Index> indexes, String expiry, String streamView) {

    /**
     * A global secondary index.
     *
     * @param keys hash key, then range key
     * @param projection such as {@code KEYS_ONLY}
     */
    public record Index(String name, List<String> keys, String projection) {}

    /** @throws IllegalArgumentException where there is no table */
    public static TableDefinition read(Path file) {
        return of(Deployment.read(file, Map.of()));
    }

    /** @throws IllegalArgumentException where there is no table */
    static TableDefinition of(Deployment deployment) {
        return deployment
                .of("AWS::DynamoDB::Table")
                .findFirst()
                .map(table -> table(table.properties()))
                .orElseThrow(() -> new IllegalArgumentException("no table"));
    }

    private static TableDefinition table(JsonNode table) {
        var attributes = new LinkedHashMap<String, String>();
        for (var attribute : table.path("AttributeDefinitions")) {
            attributes.put(
                    attribute.path("AttributeName").asText(),
                    attribute.path("AttributeType").asText());
        }
        return new TableDefinition(
                attributes,
                keys(table),
                stream(table.path("GlobalSecondaryIndexes"))
                        .map(TableDefinition::index)
                        .toList(),
                table.at("/TimeToLiveSpecification/AttributeName").asText(),
                table.at("/StreamSpecification/StreamViewType").asText());
    }

    private static Index index(JsonNode index) {
        return new Index(
                index.path("IndexName").asText(),
                keys(index),
                index.at("/Projection/ProjectionType").asText());
    }

    private static List<String> keys(JsonNode owner) {
        return stream(owner.path("KeySchema"))
                .sorted((one, other) -> one.path("KeyType")
                        .asText()
                        .compareTo(other.path("KeyType").asText()))
                .map(key -> key.path("AttributeName").asText())
                .toList();
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
