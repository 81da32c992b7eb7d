package hoopoe.batch.create;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/** A text with placeholders {@code {{name}}}; {@code {{{{} stands for two braces. */
final class Placeholders {

    /** A name has letters, marks and digits of any script, the joiners of Persian, and {@code _ . -}. */
    private static final Pattern OPENING = Pattern.compile(
            "\\{\\{(?:(?<braces>\\{\\{)|\\s*+(?<name>[\\p{L}\\p{M}\\p{N}\\u200C\\u200D_.-]{1,64}+)\\s*+}})?+");

    private final String written;
    private final Set<String> names = new LinkedHashSet<>();
    private final OptionalInt broken;
    private final String text;

    private Placeholders(String written) {
        this.written = written;
        var openings = OPENING.matcher(written);
        var first = OptionalInt.empty();
        while (first.isEmpty() && openings.find()) {
            if (openings.group("name") != null) {
                names.add(openings.group("name"));
            } else if (openings.group("braces") == null) {
                first = OptionalInt.of(written.codePointCount(0, openings.start()) + 1);
            }
        }
        broken = first;
        text = broken.isPresent() || !names.isEmpty() ? written : filled(Map.of(), written.length());
    }

    /** A handset knows one kind of line end, which counts as one character. */
    static Placeholders of(String written) {
        return new Placeholders(written.replace("\r\n", "\n"));
    }

    /** The text to send, if it has no placeholders; else as it was written. */
    String text() {
        return text;
    }

    boolean isPlain() {
        return names.isEmpty();
    }

    /** Position, from 1, of the first braces that open no placeholder. */
    OptionalInt broken() {
        return broken;
    }

    /** The first placeholder that has no value. */
    Optional<String> missing(Map<String, String> variables) {
        return names.stream().filter(name -> !variables.containsKey(name)).findFirst();
    }

    /** The first variable that has no placeholder. */
    Optional<String> unused(Map<String, String> variables) {
        return variables.keySet().stream().filter(name -> !names.contains(name)).findFirst();
    }

    /**
     * Fills in values as they are: a placeholder in a value is not filled.
     *
     * @param most in UTF-16 units: a longer text is not filled to its end, which could be a thousand times as far
     */
    String filled(Map<String, String> variables, int most) {
        var openings = OPENING.matcher(written);
        var filled = new StringBuilder();
        while (filled.length() <= most && openings.find()) {
            openings.appendReplacement(filled, "");
            var name = openings.group("name");
            filled.append(name == null ? "{{" : variables.getOrDefault(name, ""));
        }
        return filled.length() > most
                ? filled.toString()
                : openings.appendTail(filled).toString();
    }
}
