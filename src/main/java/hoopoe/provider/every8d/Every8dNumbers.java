package hoopoe.provider.every8d;

import hoopoe.message.PhoneNumber;
import hoopoe.provider.NumberGrammar;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads Taiwanese mobiles in the forms of the document (§1.2) and of the vendor's API 3.0, and foreign numbers with a plus. */
final class Every8dNumbers {

    private static final Pattern TAIWANESE = Pattern.compile("(?:(?:\\+|00-?)?886-?(?:0-?)?|0)?(9(?:-?\\d){8}+)");
    private static final String HOME = "+886";
    private static final String MOBILE = HOME + '9';
    private static final int CANONICAL = 13;

    private Every8dNumbers() {}

    /**
     * {@code 0912345678}, {@code 886912345678}, {@code +886 912-345-678}, {@code +1 202 895 1800}… A zero after the country
     * code of Taiwan, {@code (0)} or not, is a trunk zero and left out; for other countries see {@link NumberGrammar#abroad}.
     * The provider's own numbers are read in the same way.
     */
    static Optional<PhoneNumber> read(String written) {
        if (isCanonical(written)) {
            return Optional.of(new PhoneNumber(written));
        }
        return NumberGrammar.grouped(written).flatMap(Every8dNumbers::ofGroups);
    }

    private static Optional<PhoneNumber> ofGroups(String groups) {
        var taiwanese = TAIWANESE.matcher(groups);
        if (taiwanese.matches()) {
            return Optional.of(new PhoneNumber(HOME + taiwanese.group(1).replace("-", "")));
        }
        return NumberGrammar.abroad(groups).filter(number -> !number.e164().startsWith(HOME));
    }

    /** Whether EVERY8D sends to this number: a Taiwanese mobile, or a number of another country. */
    static boolean canBeSentTo(PhoneNumber number) {
        return isTaiwanese(number)
                ? isCanonical(number.e164())
                : NumberGrammar.abroad(number.e164()).isPresent();
    }

    static boolean isTaiwanese(PhoneNumber number) {
        return number.e164().startsWith(HOME);
    }

    /** {@code +886912345678}, the form in reports, which have a thousand rows a page. */
    private static boolean isCanonical(String written) {
        if (written.length() != CANONICAL || !written.startsWith(MOBILE)) {
            return false;
        }
        for (int i = MOBILE.length(); i < CANONICAL; i++) {
            if (written.charAt(i) < '0' || written.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
