package hoopoe.contract;

import com.fasterxml.jackson.databind.JsonNode;
import hoopoe.message.Segments;
import hoopoe.testing.Document;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The tables of {@code src/site/api.md} are {@code openapi.json} and the code, written out. */
class ApiPageTest {

    private final OpenApi api = OpenApi.read();
    private final Document page = Document.of(Path.of("src", "site", "api.md"));

    @Test
    void itListsTheMembersOfABatch() {
        page.holds("batch", members("BatchRequest"));
    }

    @Test
    void itListsTheMembersOfARecipient() {
        page.holds("recipient", members("Recipient"));
    }

    @Test
    void anotherPageListsThoseOfAnEndpoint() {
        Document.of(Path.of("src", "site", "events.md")).holds("webhook", members("WebhookRequest"));
    }

    @Test
    void itCountsSegmentsAsTheCodeDoes() {
        var rows = Stream.of(
                        Map.entry("160 × `a`", "a".repeat(160)),
                        Map.entry("161 × `a`", "a".repeat(161)),
                        Map.entry("80 × `€`", "€".repeat(80)),
                        Map.entry("152 × `a`, `€`, 152 × `a`", "a".repeat(152) + "€" + "a".repeat(152)),
                        Map.entry("70 × `你`", "你".repeat(70)),
                        Map.entry("71 × `你`", "你".repeat(71)),
                        Map.entry("66 × `你`, `😘`, 66 × `你`", "你".repeat(66) + "😘" + "你".repeat(66)))
                .map(sample -> segments(sample.getKey(), Segments.of(sample.getValue())))
                .collect(Collectors.joining("\n"));
        page.holds("segments", "| text | alphabet | units | segments |\n|---|---|---|---|\n" + rows);
    }

    private static String segments(String text, Segments counted) {
        return "| %s | %s | %d | %d |".formatted(text, counted.encoding().label(), counted.units(), counted.parts());
    }

    private String members(String schema) {
        var node = api.at("/components/schemas/" + schema);
        return node.path("properties").properties().stream()
                .map(member -> member(member.getKey(), member.getValue(), node.path("required")))
                .collect(Collectors.joining("\n", "| member | is | what |\n|---|---|---|\n", ""));
    }

    private static String member(String name, JsonNode schema, JsonNode required) {
        var isRequired = StreamSupport.stream(required.spliterator(), false)
                .anyMatch(each -> each.asText().equals(name));
        return "| `%s` | %s%s | %s |"
                .formatted(
                        name,
                        type(schema),
                        isRequired ? ", required" : "",
                        schema.path("description").asText());
    }

    private static String type(JsonNode schema) {
        var type = schema.path("type");
        var name = type.isArray() ? type.path(0).asText() : type.asText();
        var limits = new ArrayList<String>();
        limits.add(schema.path("format").asText().equals("date-time") ? "time (RFC 3339)" : name);
        range(schema, "minimum", "maximum").ifPresent(limits::add);
        range(schema, "minItems", "maxItems").ifPresent(limits::add);
        if (schema.has("maxLength")) {
            limits.add("at most " + schema.path("maxLength").asInt() + " characters");
        }
        return String.join(", ", limits);
    }

    private static Optional<String> range(JsonNode schema, String least, String most) {
        return schema.has(most)
                ? Optional.of(
                        schema.path(least).asLong() + " to " + schema.path(most).asLong())
                : Optional.empty();
    }
}
