package hoopoe.local.template;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All templates, under their files' names: {@code /template/Globals/Function}, {@code /data/Resources/Table}. */
record Documents(JsonNode root) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FUNCTION = "AWS::Serverless::Function";

    static Documents ours() {
        var root = JSON.createObjectNode();
        root.set("template", CloudFormation.read(Path.of("template.yaml")));
        try (var nested = Files.list(Path.of("infra"))) {
            nested.filter(file -> file.toString().endsWith(".yaml"))
                    .forEach(file ->
                            root.set(file.getFileName().toString().replace(".yaml", ""), CloudFormation.read(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Documents(root);
    }

    JsonNode at(String pointer) {
        return root.at(pointer);
    }

    boolean has(String pointer, Object value) {
        return has(root, pointer, value);
    }

    static boolean has(JsonNode node, String pointer, Object value) {
        return node.at(pointer).equals(JSON.valueToTree(value));
    }

    /** Logical names and properties, those of {@code Globals} among them. */
    Map<String, JsonNode> functions() {
        var functions = resources("template", FUNCTION);
        functions.replaceAll((name, own) -> merged(at("/template/Globals/Function"), own));
        return functions;
    }

    /** As SAM does it ("Globals section of the AWS SAM template"): maps and lists are joined, else the function's own word counts. */
    private static JsonNode merged(JsonNode global, JsonNode own) {
        if (global instanceof ArrayNode all && own instanceof ArrayNode more) {
            return all.deepCopy().addAll(more);
        }
        if (!(global instanceof ObjectNode map && own instanceof ObjectNode) || isFunction(global) || isFunction(own)) {
            return own;
        }
        var joined = map.deepCopy();
        own.properties()
                .forEach(entry -> joined.set(
                        entry.getKey(),
                        map.has(entry.getKey())
                                ? merged(map.get(entry.getKey()), entry.getValue())
                                : entry.getValue()));
        return joined;
    }

    /** {@code !Ref}, {@code !GetAtt}, … */
    private static boolean isFunction(JsonNode node) {
        return node.size() == 1 && (node.has("Ref") || node.fieldNames().next().startsWith("Fn::"));
    }

    Map<String, JsonNode> resources(String file, String type) {
        var found = new TreeMap<String, JsonNode>();
        for (var resource : at("/" + file + "/Resources").properties()) {
            if (resource.getValue().path("Type").asText().equals(type)) {
                found.put(resource.getKey(), resource.getValue().path("Properties"));
            }
        }
        return found;
    }

    /** Of all functions, and of what is done in their names. */
    Stream<JsonNode> statements() {
        var policies = Stream.concat(
                functions().values().stream().flatMap(function -> elements(function.path("Policies"))),
                Stream.of("AWS::IAM::RolePolicy", "AWS::IAM::Policy")
                        .flatMap(type -> resources("template", type).values().stream())
                        .map(policy -> policy.path("PolicyDocument")));
        return policies.flatMap(policy -> elements(policy.path("Statement")));
    }

    /** The properties of a function's events of one type. */
    static Stream<JsonNode> events(JsonNode function, String type) {
        return function.path("Events").properties().stream()
                .map(Map.Entry::getValue)
                .filter(event -> event.path("Type").asText().equals(type))
                .map(event -> event.path("Properties"));
    }

    /** CloudFormation takes one where it takes a list. */
    static Stream<JsonNode> elements(JsonNode node) {
        return node instanceof ArrayNode list
                ? Stream.iterate(0, index -> index < list.size(), index -> index + 1)
                        .map(list::get)
                : Stream.of(node);
    }

    Documents with(String pointer, Object value) {
        var copy = root.deepCopy();
        var at = JsonPointer.compile(pointer);
        var parent = root.at(at.head()).isMissingNode() ? ((ObjectNode) copy).withObject(at.head()) : parent(copy, at);
        parent.set(at.last().getMatchingProperty(), JSON.valueToTree(value));
        return new Documents(copy);
    }

    Documents without(String pointer) {
        var copy = root.deepCopy();
        var at = JsonPointer.compile(pointer);
        parent(copy, at).remove(at.last().getMatchingProperty());
        return new Documents(copy);
    }

    private static ObjectNode parent(JsonNode root, JsonPointer at) {
        return (ObjectNode) root.at(at.head());
    }
}
