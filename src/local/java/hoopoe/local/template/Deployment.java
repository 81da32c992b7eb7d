package hoopoe.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What a template and its nested stacks make together. Resources whose condition does not hold are left out, {@code !If} is the
 * branch that counts, and a nested stack's reference to a parameter of its own is what the stack above hands it: so a mapping or
 * a schedule names its function alike, wherever it is written.
 */
record Deployment(JsonNode document, Parameters parameters, List<Resource> resources) {

    private static final String STACK = "AWS::CloudFormation::Stack";
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^!}]+)}");

    /** @param properties of a nested stack's resource: in the words of the stacks above it */
    record Resource(String name, String type, JsonNode properties) {}

    Deployment {
        resources = List.copyOf(resources);
    }

    /**
     * @param given values of the template's parameters, in place of their defaults
     * @throws IllegalArgumentException where a condition needs what only AWS knows
     */
    static Deployment read(Path file, Map<String, String> given) {
        var document = CloudFormation.read(file);
        var texts = new TreeMap<String, JsonNode>();
        given.forEach((name, text) -> texts.put(name, JsonNodeFactory.instance.textNode(text)));
        var parameters = new Parameters(document.path("Parameters"), texts);
        var resources = new ArrayList<Resource>();
        collect(file, document, parameters, false, resources);
        return new Deployment(document, parameters, resources);
    }

    Stream<Resource> of(String type) {
        return resources.stream().filter(resource -> resource.type().equals(type));
    }

    private static void collect(
            Path file, JsonNode document, Parameters parameters, boolean nested, List<Resource> resources) {
        var conditions = new Conditions(document.path("Conditions"), parameters);
        for (var entry : document.path("Resources").properties()) {
            var resource = entry.getValue();
            if (!resource.has("Condition")
                    || conditions.holds(resource.get("Condition").asText())) {
                var chosen = conditions.chosen(resource.path("Properties"));
                var properties = nested ? parameters.handed(chosen) : chosen;
                resources.add(new Resource(entry.getKey(), resource.path("Type").asText(), properties));
                if (resource.path("Type").asText().equals(STACK)) {
                    collectNested(file, properties, parameters, resources);
                }
            }
        }
    }

    private static void collectNested(Path file, JsonNode stack, Parameters above, List<Resource> resources) {
        var template = file.resolveSibling(stack.path("TemplateURL").asText());
        var document = CloudFormation.read(template);
        var given = new TreeMap<String, JsonNode>();
        for (var parameter : stack.path("Parameters").properties()) {
            var text = above.text(parameter.getValue());
            given.put(
                    parameter.getKey(), text == null ? parameter.getValue() : JsonNodeFactory.instance.textNode(text));
        }
        collect(template, document, new Parameters(document.path("Parameters"), given), true, resources);
    }

    private static Stream<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    private record Conditions(JsonNode declared, Parameters parameters) {

        boolean holds(String name) {
            return holds(declared.path(name));
        }

        private boolean holds(JsonNode condition) {
            if (condition.has("Condition")) {
                return holds(condition.get("Condition").asText());
            } else if (condition.has("Fn::Equals")) {
                var sides = condition.get("Fn::Equals");
                return known(sides.path(0)).equals(known(sides.path(1)));
            } else if (condition.has("Fn::Not")) {
                return !holds(condition.get("Fn::Not").path(0));
            } else if (condition.has("Fn::And")) {
                return elements(condition.get("Fn::And")).allMatch(this::holds);
            } else if (condition.has("Fn::Or")) {
                return elements(condition.get("Fn::Or")).anyMatch(this::holds);
            }
            throw new IllegalArgumentException("not a condition: " + condition);
        }

        private String known(JsonNode value) {
            var text = parameters.text(value);
            if (text == null) {
                throw new IllegalArgumentException("a condition on what only AWS knows: " + value);
            }
            return text;
        }

        /** Without {@code !If}. {@code AWS::NoValue} takes its key, or its place in a list, with it. */
        JsonNode chosen(JsonNode node) {
            if (node.path("Fn::If").isArray()
                    && declared.has(node.at("/Fn::If/0").asText())) {
                var branches = node.get("Fn::If");
                return chosen(branches.path(holds(branches.path(0).asText()) ? 1 : 2));
            } else if (node instanceof ObjectNode map) {
                var copy = map.objectNode();
                map.properties().forEach(entry -> {
                    var value = chosen(entry.getValue());
                    if (!isNoValue(value)) {
                        copy.set(entry.getKey(), value);
                    }
                });
                return copy;
            } else if (node instanceof ArrayNode list) {
                var copy = list.arrayNode();
                elements(list)
                        .map(this::chosen)
                        .filter(value -> !isNoValue(value))
                        .forEach(copy::add);
                return copy;
            }
            return node;
        }

        private static boolean isNoValue(JsonNode value) {
            return value.path("Ref").asText().equals("AWS::NoValue");
        }
    }

    /**
     * The value of a {@code !Ref} to a parameter without a deployment: what is given, else its default; the stack's name is
     * {@value #NAME}.
     *
     * @param given texts, or what the stack above refers to
     */
    record Parameters(JsonNode declared, Map<String, JsonNode> given) {

        private static final String NAME = "local";

        /** @return null where the value is known only in AWS */
        @Nullable String text(JsonNode value) {
            if (value.isValueNode()) {
                return value.asText();
            }
            if (value.path("Fn::Sub").isTextual()) {
                var text = filled(value.get("Fn::Sub").asText());
                return VARIABLE.matcher(text).find() ? null : text;
            }
            var known = value(value.path("Ref").asText());
            return known != null && known.isValueNode() ? known.asText() : null;
        }

        Map<String, String> texts(JsonNode variables) {
            var known = new TreeMap<String, String>();
            for (var variable : variables.properties()) {
                var text = text(variable.getValue());
                if (text != null) {
                    known.put(variable.getKey(), text);
                }
            }
            return known;
        }

        private @Nullable JsonNode value(String name) {
            var fallback = declared.path(name).path("Default");
            return given.getOrDefault(name, fallback.isMissingNode() ? null : fallback);
        }

        /** A text of {@code !Sub} with what is known in it. */
        private String filled(String text) {
            return VARIABLE.matcher(text.replace("${AWS::StackName}", NAME)).replaceAll(found -> {
                var value = value(found.group(1));
                return Matcher.quoteReplacement(value == null ? found.group() : written(value));
            });
        }

        /** What stands for a value in the text of a {@code !Sub}. */
        private static String written(JsonNode value) {
            if (value.isValueNode()) {
                return value.asText();
            } else if (value.path("Fn::Sub").isTextual()) {
                return value.get("Fn::Sub").asText();
            }
            return "${" + value.path("Ref").asText(value.path("Fn::GetAtt").asText()) + "}";
        }

        /** With what the stack above hands down in place of references to parameters. */
        JsonNode handed(JsonNode node) {
            if (node instanceof ObjectNode map) {
                var value = map.size() == 1 ? value(map.path("Ref").asText()) : null;
                if (value != null) {
                    return value;
                } else if (map.path("Fn::Sub").isTextual()) {
                    return map.objectNode()
                            .put("Fn::Sub", filled(map.get("Fn::Sub").asText()));
                }
                var copy = map.objectNode();
                map.properties().forEach(entry -> copy.set(entry.getKey(), handed(entry.getValue())));
                return copy;
            } else if (node instanceof ArrayNode list) {
                var copy = list.arrayNode();
                elements(list).map(this::handed).forEach(copy::add);
                return copy;
            }
            return node;
        }
    }
}
