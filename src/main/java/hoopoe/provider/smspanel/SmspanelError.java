package hoopoe.provider.smspanel;

import hoopoe.observability.Redactor;
import hoopoe.provider.xml.RpcValue;
import hoopoe.provider.xml.RpcValue.Entries;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An error code other than 0 (the document's table of errors), in a struct or alone.
 *
 * @param code as a plain integer
 * @param text the panel's words, masked; may be empty
 */
record SmspanelError(String code, String text) {

    static final String NAME = "ErrCode";
    static final String RESULT = "result";

    static final String UNKNOWN_USER = "-1";
    /** More than 60 numbers, lists of unequal length, another customer's sender: nothing was sent. */
    private static final Set<String> REFUSALS = Set.of("-2", "-4", "-5");

    private static final Pattern INTEGER = Pattern.compile("([+-]?)0*(\\d{1,9})(?:\\.0{1,4})?");

    SmspanelError {
        text = Redactor.text(text);
    }

    /** The error code in a value, {@code 0} included; empty where there is none. */
    static Optional<String> code(RpcValue value) {
        if (value instanceof Entries entries) {
            return entries.get(NAME).flatMap(RpcValue::asText).flatMap(SmspanelError::integer);
        }
        // In place of a struct, a negative integer alone is the error code.
        return value.asText().flatMap(SmspanelError::integer).filter(code -> code.startsWith("-"));
    }

    /** @param value one whose {@link #code} is not 0 */
    static SmspanelError of(String code, RpcValue value) {
        var text = value instanceof Entries entries
                ? entries.get(RESULT).map(RpcValue::line).orElse("")
                : "";
        return new SmspanelError(code, text);
    }

    boolean isUnknownUser() {
        return code.equals(UNKNOWN_USER);
    }

    /** Whether the code proves that nothing was sent. -3 and codes that no document lists do not. */
    boolean isRefusal() {
        return REFUSALS.contains(code);
    }

    private static Optional<String> integer(String text) {
        var integer = INTEGER.matcher(PersianDigits.ascii(text).replace('\u2212', '-'));
        if (!integer.matches()) {
            return Optional.empty();
        }
        var sign = integer.group(1).equals("-") && !integer.group(2).equals("0") ? "-" : "";
        return Optional.of(sign + integer.group(2));
    }
}
