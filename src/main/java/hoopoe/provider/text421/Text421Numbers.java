package hoopoe.provider.text421;

import hoopoe.message.PhoneNumber;
import hoopoe.provider.NumberGrammar;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads Slovak mobiles in their usual forms; calls carry digits without a plus, as in the document. */
final class Text421Numbers {

    private static final Pattern SLOVAK = Pattern.compile("(?:(?:\\+|00-?)?421-?(?:0-?)?|0)(9(?:-?\\d){8}+)");
    private static final String HOME = "+421";
    private static final int LENGTH = "+421901727051".length();

    private Text421Numbers() {}

    /**
     * {@code 0901727051}, {@code 421901727051}, {@code 00421901727051}, {@code +421 901 727 051}… A {@code (0)} after the
     * country code is a trunk zero.
     */
    static Optional<PhoneNumber> read(String written) {
        return NumberGrammar.grouped(written).flatMap(Text421Numbers::ofGroups);
    }

    private static Optional<PhoneNumber> ofGroups(String groups) {
        var slovak = SLOVAK.matcher(groups);
        return slovak.matches()
                ? Optional.of(new PhoneNumber(HOME + slovak.group(1).replace("-", "")))
                : Optional.empty();
    }

    /** Whether text421 sends to this number. */
    static boolean isSlovakMobile(PhoneNumber number) {
        return number.e164().startsWith(HOME + '9') && number.e164().length() == LENGTH;
    }

    /** {@code 421901727051} */
    static String msisdn(PhoneNumber number) {
        return number.e164().substring(1);
    }

    /** Reads the provider's form of a number, of any country, with or without the plus; empty where it is not a number. */
    static Optional<PhoneNumber> ofMsisdn(String written) {
        return read(written).or(() -> NumberGrammar.grouped(written).flatMap(Text421Numbers::foreign));
    }

    private static Optional<PhoneNumber> foreign(String groups) {
        var number = groups.replace("-", "");
        var e164 = number.startsWith("+") ? number : '+' + number.replaceFirst("^00", "");
        return PhoneNumber.isE164(e164) ? Optional.of(new PhoneNumber(e164)) : Optional.empty();
    }
}
