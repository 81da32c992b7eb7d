package hoopoe.message;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A subscriber number in E.164 form, {@code +886912345678}. */
public record PhoneNumber(String e164) {

    private static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{6,14}");

    public PhoneNumber {
        if (!E164.matcher(e164).matches()) {
            throw new IllegalArgumentException("not an E.164 number");
        }
    }

    public static boolean isE164(String text) {
        return E164.matcher(text).matches();
    }

    /** All but the last three digits masked: numbers are personal data and reach logs through here. */
    @Override
    public String toString() {
        return "*".repeat(e164.length() - 3) + e164.substring(e164.length() - 3);
    }

    // By hand: a record's generated equals is slow in a native image, and numbers are keys.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PhoneNumber number && number.e164.equals(e164);
    }

    @Override
    public int hashCode() {
        return e164.hashCode();
    }
}
