package hoopoe.local.smspanel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value inside the panel, before a stack writes it down. */
sealed interface Php {

    record Text(String text) implements Php {}

    record Number(long number) implements Php {}

    record Null() implements Php {}

    /** An array with the keys 0, 1, 2… */
    record Listing(List<? extends Php> items) implements Php {}

    /** An array with keys of its own, which keeps their order. */
    record Keyed(Map<String, ? extends Php> entries, boolean byInteger) implements Php {}

    static Keyed struct(String name, Php value) {
        Map<String, Php> entries = new LinkedHashMap<>();
        entries.put(name, value);
        return new Keyed(entries, false);
    }

    static Keyed struct(String name, Php value, String other, Php otherValue) {
        Map<String, Php> entries = new LinkedHashMap<>();
        entries.put(name, value);
        entries.put(other, otherValue);
        return new Keyed(entries, false);
    }
}
