package hoopoe.provider.smspanel;

import hoopoe.message.PhoneNumber;
import hoopoe.provider.NumberGrammar;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads Iranian mobiles in the forms that public drivers of such panels take; the document shows none. */
final class SmspanelNumbers {

    private static final Pattern IRANIAN = Pattern.compile("(?:(?:\\+|00-?|0)?98-?(?:0-?)?|0)?(9(?:-?\\d){9}+)");
    private static final String HOME = "+98";
    private static final int LENGTH = "+989121234567".length();

    private SmspanelNumbers() {}

    /** The form of a number in calls to the panel. */
    enum NumberForm {
        LOCAL("09", "0"),
        INTERNATIONAL("+98", HOME);

        private final String label;
        private final String prefix;

        NumberForm(String label, String prefix) {
            this.label = label;
            this.prefix = prefix;
        }

        /** @throws IllegalArgumentException where it is neither {@code 09} nor {@code +98} */
        static NumberForm of(String label) {
            for (var numberForm : values()) {
                if (numberForm.label.equals(label)) {
                    return numberForm;
                }
            }
            throw new IllegalArgumentException("number-form is 09 or +98");
        }

        String write(PhoneNumber number) {
            return prefix + number.e164().substring(HOME.length());
        }
    }

    /**
     * {@code 09121234567}, {@code +98 912 123 4567}, {@code ۰۹۱۲۱۲۳۴۵۶۷}… Numbers of other countries need a plus. A zero after
     * the country code of Iran, {@code (0)} or not, is a trunk zero and left out; for other countries see
     * {@link NumberGrammar#abroad}. The panel's own numbers are read in the same way.
     */
    static Optional<PhoneNumber> read(String written) {
        return NumberGrammar.grouped(PersianDigits.ascii(written)).flatMap(SmspanelNumbers::ofGroups);
    }

    private static Optional<PhoneNumber> ofGroups(String groups) {
        var iranian = IRANIAN.matcher(groups);
        if (iranian.matches()) {
            return Optional.of(new PhoneNumber(HOME + iranian.group(1).replace("-", "")));
        }
        return NumberGrammar.abroad(groups).filter(number -> !number.e164().startsWith(HOME));
    }

    /** Whether the panel sends to this number. */
    static boolean isIranian(PhoneNumber number) {
        return number.e164().startsWith(HOME + '9') && number.e164().length() == LENGTH;
    }
}
