package hoopoe.provider.text421;

import java.util.regex.Pattern;

/** {@code rcv_msg_id}: decimal digits that fit 64 bits. It names the received SMS that a charged message answers. */
final class ReceivedId {

    private static final Pattern DIGITS = Pattern.compile("\\d{1,19}");

    private ReceivedId() {}

    static boolean isValid(String written) {
        // Nineteen digits: compared as texts of equal length, without overflow.
        return DIGITS.matcher(written).matches()
                && (written.length() < 19 || written.compareTo(Long.toString(Long.MAX_VALUE)) <= 0);
    }
}
