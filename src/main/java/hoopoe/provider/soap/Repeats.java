package hoopoe.provider.soap;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Makes strings of bytes, and short ones of ASCII that repeat only once: names, codes, prices, times. */
final class Repeats {

    private static final int SLOTS = 256;
    private static final int LONGEST = 24;

    private final @Nullable String[] known = new @Nullable String[SLOTS];

    /** @param bytes well-formed UTF-8 up to the length */
    String of(byte[] bytes, int length) {
        if (length > LONGEST) {
            return new String(bytes, 0, length, StandardCharsets.UTF_8);
        }
        var slot = slot(bytes, length);
        var before = known[slot];
        if (before != null && isSame(before, bytes, length)) {
            return before;
        }
        var text = new String(bytes, 0, length, StandardCharsets.UTF_8);
        known[slot] = text;
        return text;
    }

    private static int slot(byte[] bytes, int length) {
        int hash = length;
        for (int i = 0; i < length; i++) {
            hash = hash * 31 + bytes[i];
        }
        return (hash ^ hash >>> 8 ^ hash >>> 16) & SLOTS - 1;
    }

    /** Bytes that are not ASCII are negative and so equal to no character. */
    private static boolean isSame(String text, byte[] bytes, int length) {
        if (text.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) != bytes[i]) {
                return false;
            }
        }
        return true;
    }
}
