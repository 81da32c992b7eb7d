package hoopoe.provider.xml;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A value in an answer of a PHP server, read by its structure alone: type names are never resolved, because servers invent
 * them. It contains numbers, ids and texts, so no value prints its content.
 */
public sealed interface RpcValue {

    /** {@code xsi:nil}. */
    record Nothing() implements RpcValue {}

    /** An element without children; may be empty. */
    record Text(String text) implements RpcValue {
        @Override
        public String toString() {
            return "Text[" + text.length() + " characters]";
        }
    }

    /** An array. */
    record Items(List<RpcValue> items) implements RpcValue {
        @Override
        public String toString() {
            return "Items[" + items.size() + ']';
        }
    }

    /** A struct, or a {@code Map} with its keys; in document order; a key with several values has an array of them. */
    record Entries(Map<String, RpcValue> entries) implements RpcValue {

        /** Finds a value by name, ignoring case and underscores. */
        public Optional<RpcValue> get(String name) {
            var values = entries.entrySet().stream()
                    .filter(entry -> plain(entry.getKey()).equals(plain(name)))
                    .map(Map.Entry::getValue)
                    .toList();
            return values.isEmpty() ? Optional.empty() : Optional.of(only(values));
        }

        private static String plain(String key) {
            return key.replace("_", "").strip().toLowerCase(Locale.ROOT);
        }

        @Override
        public String toString() {
            return "Entries[" + entries.size() + ']';
        }
    }

    /** The value, or the array of several that differ: one alone could be the opposite of another. */
    static RpcValue only(List<RpcValue> values) {
        return values.size() == 1 || values.stream().distinct().count() == 1 ? values.get(0) : new Items(values);
    }

    /** Whether it is empty: nil, an empty text, an empty array or struct. */
    default boolean isEmpty() {
        return this instanceof Nothing
                || this instanceof Text text && text.text().isBlank()
                || this instanceof Items items && items.items().isEmpty()
                || this instanceof Entries entries && entries.entries().isEmpty();
    }

    /** The stripped text; empty where the value is not a text. */
    default Optional<String> asText() {
        return this instanceof Text text ? Optional.of(text.text().strip()) : Optional.empty();
    }

    /** Parses a text that is a JSON object or array; any other value stays. Not for fields that hold a person's text. */
    default RpcValue structured() {
        var text = asText().orElse("");
        if (!text.startsWith("{") && !text.startsWith("[")) {
            return this;
        }
        return RpcValueJson.read(text).orElse(this);
    }

    /** One line of text: a scalar as it is, all else as JSON. */
    default String line() {
        return asText().orElseGet(() -> RpcValueJson.write(this));
    }
}
