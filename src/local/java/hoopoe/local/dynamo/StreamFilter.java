package hoopoe.local.dynamo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Lambda's event filtering: a pattern is an object of objects whose leaves are lists, and any entry of a list may match. An
 * entry is a value, or one of <code>{"exists": …}</code>, <code>{"prefix": …}</code>, <code>{"suffix": …}</code> and
 * <code>{"anything-but": […]}</code>; the other operators are refused when the pattern is read.
 */
final class StreamFilter {

    private final List<JsonNode> patterns;

    /** @throws IllegalArgumentException if a pattern is not valid, or uses a form that is not supported here */
    StreamFilter(List<JsonNode> patterns) {
        this.patterns = patterns;
        patterns.forEach(StreamFilter::check);
    }

    boolean matches(JsonNode record) {
        return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> matches(pattern, record));
    }

    private static boolean matches(JsonNode pattern, JsonNode value) {
        return pattern.properties().stream().allMatch(entry -> {
            var part = value.path(entry.getKey());
            return entry.getValue().isObject() ? matches(entry.getValue(), part) : any(entry.getValue(), part);
        });
    }

    private static boolean any(JsonNode rules, JsonNode value) {
        return stream(rules).anyMatch(rule -> rule.isObject() ? operator(rule, value) : same(rule, value));
    }

    private static boolean operator(JsonNode rule, JsonNode value) {
        var name = rule.fieldNames().next();
        var wanted = rule.get(name);
        return switch (name) {
            case "exists" -> wanted.asBoolean() != value.isMissingNode();
            case "prefix" -> value.isTextual() && value.asText().startsWith(wanted.asText());
            case "suffix" -> value.isTextual() && value.asText().endsWith(wanted.asText());
            default -> value.isValueNode() && !(wanted.isArray() ? any(wanted, value) : same(wanted, value));
        };
    }

    /** A list matches where any of its elements does. */
    private static boolean same(JsonNode wanted, JsonNode value) {
        return value.isArray()
                ? stream(value).anyMatch(wanted::equals)
                : !value.isMissingNode() && wanted.equals(value);
    }

    private static void check(JsonNode pattern) {
        if (!pattern.isObject()) {
            throw new IllegalArgumentException("not a filter pattern: " + pattern);
        }
        for (var part : pattern) {
            if (part.isArray()) {
                stream(part).filter(JsonNode::isObject).forEach(StreamFilter::checkOperator);
            } else {
                check(part);
            }
        }
    }

    private static void checkOperator(JsonNode rule) {
        var known = List.of("exists", "prefix", "suffix", "anything-but");
        if (rule.size() != 1 || !known.contains(rule.fieldNames().next())) {
            throw new IllegalArgumentException("filter rule " + rule + " is not known to the local stack");
        }
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
