package hoopoe.batch.admission;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A text with {@code {{name}}} in it. What does not look so is text. */
record Placeholders(String text) {

    private static final Pattern NAME = Pattern.compile("\\{\\{\\s*([A-Za-z_][A-Za-z0-9_]{0,63})\\s*}}");

    /** A handset knows one kind of line end, and it counts as one. */
    static Placeholders of(String written) {
        return new Placeholders(written.replace("\r\n", "\n"));
    }

    boolean isPlain() {
        return !NAME.matcher(text).find();
    }

    /** The first name that has no value. */
    Optional<String> missing(Map<String, String> variables) {
        return NAME.matcher(text)
                .results()
                .map(found -> found.group(1))
                .filter(name -> !variables.containsKey(name))
                .findFirst();
    }

    /**
     * Values are put in as they are: no placeholder in a value is filled again.
     *
     * @param most in UTF-16 units: what gets longer is not filled to its end, which could be thousand times as far
     */
    String filled(Map<String, String> variables, int most) {
        var names = NAME.matcher(text);
        var filled = new StringBuilder();
        while (filled.length() <= most && names.find()) {
            names.appendReplacement(filled, "");
            filled.append(variables.getOrDefault(names.group(1), ""));
        }
        return filled.length() > most
                ? filled.toString()
                : names.appendTail(filled).toString();
    }
}
