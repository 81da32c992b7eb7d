package hoopoe.provider.smspanel;

import hoopoe.message.PhoneNumber;
import hoopoe.provider.NumberGrammar;
import java.util.Optional;
import java.util.regex.Pattern;

/** The forms of a number that the panel's contract lists (providers.md C3.2): Iranian mobiles. */
final class SmspanelNumbers {

    private static final Pattern IRANIAN = Pattern.compile("(?:(?:\\+|00-?|0)?98-?(?:0-?)?|0)?(9(?:-?\\d){9}+)");
    private static final String HOME = "+98";

    private SmspanelNumbers() {}

    /** How a number is written for the panel. */
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
     * {@code 09121234567}, {@code +98 912 123 4567}, {@code ۰۹۱۲۱۲۳۴۵۶۷}… Of other countries only what is written with a plus.
     * A zero behind the country code of Iran, {@code (0)} or not, is a trunk zero and left out; behind that of another country
     * see {@link NumberGrammar#abroad}. What the panel itself writes is read no other way.
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

    /** Whether the panel sends there. */
    static boolean isIranian(PhoneNumber number) {
        return IRANIAN.matcher(number.e164()).matches();
    }
}
