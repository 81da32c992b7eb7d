package hoopoe.local.template;

import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Something that the templates do because it is good.
 *
 * @param lost the templates without it, and with all else
 */
record Practice(String name, Predicate<Documents> kept, UnaryOperator<Documents> lost) {

    static Practice practice(String name, Predicate<Documents> kept, UnaryOperator<Documents> lost) {
        return new Practice(name, kept, lost);
    }

    /** A value that stands in one place. */
    static Practice value(String name, String pointer, Object value) {
        return new Practice(name, documents -> documents.has(pointer, value), without(pointer));
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
