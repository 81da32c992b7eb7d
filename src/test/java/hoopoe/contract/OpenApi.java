package hoopoe.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** {@code openapi.json}, and what it promises. */
final class OpenApi {

    static final Path FILE = Path.of("src", "main", "resources", "openapi.json");

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete", "head", "options");
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    private final JsonNode root;

    private OpenApi(JsonNode root) {
        this.root = root;
    }

    static OpenApi read() {
        try {
            return new OpenApi(new ObjectMapper().readTree(Files.readString(FILE)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param route as the template has it: {@code GET /v1/batches/{id}} */
    record Operation(String route, JsonNode node) {}

    /** One answer to one operation. */
    record Response(String route, int status, JsonNode node) {

        /** With what it is written in; nothing where it has no body. */
        Stream<Map.Entry<String, JsonNode>> contents() {
            return node.path("content").properties().stream();
        }

        /** Of its problem, if it has one. */
        List<String> codes() {
            return StreamSupport.stream(
                            node.at("/content/application~1problem+json/schema/properties/code/enum")
                                    .spliterator(),
                            false)
                    .map(JsonNode::asText)
                    .toList();
        }

        /** Each by what it is written in, and a problem by each of its codes. */
        Stream<String> promises() {
            var mediaTypes = contents().map(Map.Entry::getKey).toList();
            return (mediaTypes.isEmpty() ? Stream.of(AnswerCase.NONE) : mediaTypes.stream())
                    .flatMap(mediaType -> (mediaType.equals(AnswerCase.PROBLEM) ? codes() : List.of(""))
                            .stream().map(code -> promise(route, status, mediaType, code)));
        }

        static String promise(String route, int status, String mediaType, String code) {
            return (route + ' ' + status + ' ' + mediaType + ' ' + code).strip();
        }
    }

    JsonNode at(String pointer) {
        return root.at(pointer);
    }

    List<Operation> operations() {
        return root.path("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .filter(member -> METHODS.contains(member.getKey()))
                        .map(member -> new Operation(
                                member.getKey().toUpperCase(Locale.ROOT) + ' ' + path.getKey(), member.getValue())))
                .toList();
    }

    /** What a key must be allowed to for this route. */
    String scope(String route) {
        return operations().stream()
                .filter(operation -> operation.route().equals(route))
                .map(operation -> operation.node().at("/security/0/key/0").asText())
                .findFirst()
                .orElseThrow();
    }

    List<Response> responses() {
        return operations().stream()
                .flatMap(operation -> operation.node().path("responses").properties().stream()
                        .map(response -> new Response(
                                operation.route(), Integer.parseInt(response.getKey()), resolved(response.getValue()))))
                .toList();
    }

    /** What a reference stands for. */
    JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? root.at(node.path("$ref").asText().substring(1)) : node;
    }

    /** What is wrong with a value; formats count. */
    List<String> faults(JsonNode schema, JsonNode value) {
        var whole = JsonNodeFactory.instance.objectNode();
        whole.set("components", root.path("components"));
        whole.set("allOf", JsonNodeFactory.instance.arrayNode().add(schema));
        return SCHEMAS
                .getSchema(whole)
                .validate(value, context -> context.getExecutionConfig().setFormatAssertionsEnabled(true))
                .stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }

    /**
     * As {@link #faults}, where nothing may be there that the document does not tell of: callers are asked to bear members that come
     * later, but those that are there today must be described.
     */
    List<String> strictFaults(JsonNode schema, JsonNode value) {
        return new OpenApi(closed(root)).faults(closed(schema), value);
    }

    private JsonNode closed(JsonNode node) {
        if (node instanceof ArrayNode array) {
            var copy = JsonNodeFactory.instance.arrayNode();
            array.forEach(member -> copy.add(closed(member)));
            return copy;
        } else if (node instanceof ObjectNode object) {
            var copy = JsonNodeFactory.instance.objectNode();
            extended(object).properties().forEach(member -> copy.set(member.getKey(), closed(member.getValue())));
            if (copy.path("properties").isObject() && !copy.has("additionalProperties")) {
                copy.put("additionalProperties", false);
            }
            return copy;
        }
        return node;
    }

    /** A schema that adds members to another's, with all of them: closed by itself, the other would not bear them. */
    private ObjectNode extended(ObjectNode schema) {
        if (!schema.has("$ref") || !schema.has("properties")) {
            return schema;
        }
        var all = (ObjectNode) resolved(schema).deepCopy();
        schema.path("properties").properties().forEach(member -> ((ObjectNode) all.path("properties"))
                .set(member.getKey(), member.getValue()));
        ((ArrayNode) all.path("required")).addAll(schema.withArray("required"));
        return all;
    }
}
