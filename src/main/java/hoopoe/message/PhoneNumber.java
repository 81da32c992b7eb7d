package hoopoe.message;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/** A subscriber number in E.164 form, {@code +886912345678}; in JSON a string. */
@RegisterForReflection
public record PhoneNumber(@JsonValue String e164) {

    private static final int SHORTEST = 8;
    private static final int LONGEST = 16;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public PhoneNumber {
        if (!isE164(e164)) {
            throw new IllegalArgumentException("not an E.164 number");
        }
    }

    /** A plus and 7 to 15 ASCII digits, the first of them not 0. */
    public static boolean isE164(String text) {
        if (text.length() < SHORTEST || text.length() > LONGEST || text.charAt(0) != '+' || text.charAt(1) == '0') {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** Masks all but the last three digits, because numbers are personal data and reach logs through this method. */
    @Override
    public String toString() {
        return "*".repeat(e164.length() - 3) + e164.substring(e164.length() - 3);
    }

    // By hand: a record's generated equals is slow in a native image, and numbers are map keys.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PhoneNumber number && number.e164.equals(e164);
    }

    @Override
    public int hashCode() {
        return e164.hashCode();
    }
}
