package hoopoe.provider.xml;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A value as a PHP server writes one, read by its structure alone: type names are never resolved, because servers invent
 * them. What is in it are numbers, ids and texts, so none of it prints itself.
 */
public sealed interface RpcValue {

    /** {@code xsi:nil}. */
    record Nothing() implements RpcValue {}

    /** Whatever has no children; maybe empty. */
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

    /** A struct, or a {@code Map} with its keys; in order, the first of a key. */
    record Entries(Map<String, RpcValue> entries) implements RpcValue {

        /** By its name without regard to case and underscores. */
        public Optional<RpcValue> get(String name) {
            return entries.entrySet().stream()
                    .filter(entry -> plain(entry.getKey()).equals(plain(name)))
                    .map(Map.Entry::getValue)
                    .findFirst();
        }

        private static String plain(String key) {
            return key.replace("_", "").strip().toLowerCase(Locale.ROOT);
        }

        @Override
        public String toString() {
            return "Entries[" + entries.size() + ']';
        }
    }

    /** Whether there is nothing in it: nil, an empty text, an empty array or struct. */
    default boolean isEmpty() {
        return this instanceof Nothing
                || this instanceof Text text && text.text().isBlank()
                || this instanceof Items items && items.items().isEmpty()
                || this instanceof Entries entries && entries.entries().isEmpty();
    }

    /** Where it is a text, without the blanks around it. */
    default Optional<String> asText() {
        return this instanceof Text text ? Optional.of(text.text().strip()) : Optional.empty();
    }

    /** Where it is the text of a JSON object or array, what that says; else itself. For places where no person's text stands. */
    default RpcValue structured() {
        var text = asText().orElse("");
        if (!text.startsWith("{") && !text.startsWith("[")) {
            return this;
        }
        try {
            return RpcValueJson.read(text);
        } catch (JsonProcessingException e) {
            // Its message repeats the text, which is none of JSON then.
            return this;
        }
    }

    /** As one line of text: a scalar as it is, all else as JSON. */
    default String line() {
        return asText().orElseGet(() -> RpcValueJson.write(this));
    }
}
