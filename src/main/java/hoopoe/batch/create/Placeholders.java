package hoopoe.batch.create;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/** A text with {@code {{name}}} in it, and {@code {{{{} for two braces that open none. */
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

    /** A handset knows one kind of line end, and it counts as one. */
    static Placeholders of(String written) {
        return new Placeholders(written.replace("\r\n", "\n"));
    }

    /** What is sent where it is plain; else as it was written. */
    String text() {
        return text;
    }

    boolean isPlain() {
        return names.isEmpty();
    }

    /** The character, from 1, at which braces open what is no placeholder. */
    OptionalInt broken() {
        return broken;
    }

    /** The first name that has no value. */
    Optional<String> missing(Map<String, String> variables) {
        return names.stream().filter(name -> !variables.containsKey(name)).findFirst();
    }

    /** The first variable that it does not name. */
    Optional<String> unused(Map<String, String> variables) {
        return variables.keySet().stream().filter(name -> !names.contains(name)).findFirst();
    }

    /**
     * Values are put in as they are: no placeholder in a value is filled again.
     *
     * @param most in UTF-16 units: what gets longer is not filled to its end, which could be thousand times as far
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
