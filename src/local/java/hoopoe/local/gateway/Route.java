package hoopoe.local.gateway;

import hoopoe.local.template.RouteDefinition;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A route and the function behind it. The more specific of two comes first: whole paths before variables, variables before
 * <code>{proxy+}</code>, a method before {@code ANY}, and {@code $default} last.
 */
record Route(RouteDefinition definition, String function) {

    static final Comparator<Route> BY_SPECIFICITY = Comparator.comparing(Route::rank);

    /** @return the path's variables, or nothing where the request is another's */
    Optional<Map<String, String>> match(String method, String path) {
        if (definition.path().equals("$default")) {
            return Optional.of(Map.of());
        }
        return definition.method().equals("ANY") || definition.method().equals(method)
                ? variables(path.split("/", -1))
                : Optional.empty();
    }

    private Optional<Map<String, String>> variables(String[] path) {
        var pattern = segments();
        var found = new LinkedHashMap<String, String>();
        for (var i = 0; i < pattern.size(); i++) {
            var segment = pattern.get(i);
            if (i >= path.length) {
                return Optional.empty();
            }
            if (greedy(segment)) {
                found.put(
                        segment.substring(1, segment.length() - 2),
                        Stream.of(path).skip(i).collect(Collectors.joining("/")));
                return Optional.of(found);
            }
            if (variable(segment) && !path[i].isEmpty()) {
                found.put(segment.substring(1, segment.length() - 1), path[i]);
            } else if (!segment.equals(path[i])) {
                return Optional.empty();
            }
        }
        return path.length == pattern.size() ? Optional.of(found) : Optional.empty();
    }

    private List<String> segments() {
        return List.of(definition.path().split("/", -1));
    }

    /** A letter a segment, so that ranks are compared from the left. */
    private String rank() {
        if (definition.path().equals("$default")) {
            return "z";
        }
        var shape = segments().stream()
                .map(segment -> greedy(segment) ? "c" : variable(segment) ? "b" : "a")
                .collect(Collectors.joining());
        return shape + (definition.method().equals("ANY") ? "~any" : "~");
    }

    private static boolean variable(String segment) {
        return segment.startsWith("{") && segment.endsWith("}");
    }

    private static boolean greedy(String segment) {
        return segment.endsWith("+}");
    }
}
