package hoopoe.local.template;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Something that the templates do because it is good.
 *
 * @param lost ways to lose it, each of which keeps all else
 */
record Practice(String name, Predicate<Documents> kept, List<UnaryOperator<Documents>> lost) {

    private static final String GLOBALS = "/template/Globals/Function";
    private static final String STATUS = "/template/Resources/StatusFunction/Properties";

    Practice {
        lost = List.copyOf(lost);
    }

    static Practice practice(String name, Predicate<Documents> kept, UnaryOperator<Documents> lost) {
        return new Practice(name, kept, List.of(lost));
    }

    /** A value that stands in one place. */
    static Practice value(String name, String pointer, Object value) {
        return practice(name, documents -> documents.has(pointer, value), without(pointer));
    }

    /**
     * A value that every function has, from {@code Globals} or of its own.
     *
     * @param other what one function could have instead
     */
    static Practice everywhere(String name, String pointer, Object value, Object other) {
        return new Practice(
                name,
                documents -> documents.functions().values().stream()
                        .allMatch(function -> Documents.has(function, pointer, value)),
                List.of(without(GLOBALS + pointer), with(STATUS + pointer, other)));
    }

    static UnaryOperator<Documents> without(String pointer) {
        return documents -> documents.without(pointer);
    }

    static UnaryOperator<Documents> with(String pointer, Object value) {
        return documents -> documents.with(pointer, value);
    }

    static Map<String, String> ref(String name) {
        return Map.of("Ref", name);
    }

    static Map<String, String> attribute(String name) {
        return Map.of("Fn::GetAtt", name);
    }

    @Override
    public String toString() {
        return name;
    }
}
