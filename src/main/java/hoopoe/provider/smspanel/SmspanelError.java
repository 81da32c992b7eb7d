package hoopoe.provider.smspanel;

import hoopoe.observability.Redactor;
import hoopoe.provider.xml.RpcValue;
import hoopoe.provider.xml.RpcValue.Entries;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A code that is not 0 (providers.md A3, C3.2 steps 5 and 6).
 *
 * @param code as a plain integer
 * @param text the panel's words, masked; may be empty
 */
record SmspanelError(String code, String text) {

    static final String NAME = "ErrCode";
    static final String RESULT = "result";

    static final String UNKNOWN_USER = "-1";
    /** More than 60 numbers, lengths that differ, a sender that is not the customer's: nothing was sent. */
    private static final Set<String> REFUSALS = Set.of("-2", "-4", "-5");

    private static final Pattern INTEGER = Pattern.compile("([+-]?)0*(\\d{1,9})(?:\\.0{1,4})?");

    SmspanelError {
        text = Redactor.text(text);
    }

    /** The code that a value holds, {@code 0} too; empty where there is none to read. */
    static Optional<String> code(RpcValue value) {
        if (value instanceof Entries entries) {
            return entries.get(NAME).flatMap(RpcValue::asText).flatMap(SmspanelError::integer);
        }
        // Where a struct should stand, a negative integer alone is the error code.
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

    /** Whether it says that nothing was sent. -3 does not, and what no document lists does not either. */
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
