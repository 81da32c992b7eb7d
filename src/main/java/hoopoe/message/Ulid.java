package hoopoe.message;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.regex.Pattern;

/** Universally unique, lexicographically sortable identifiers: 48 bits of milliseconds, 80 random bits, Crockford's base 32. */
public final class Ulid {

    private static final char[] DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
    private static final Pattern FORM = Pattern.compile("[0-7][0-9A-HJKMNP-TV-Z]{25}");

    private Ulid() {}

    public static String next(Instant now, SecureRandom random) {
        return of(now, random.nextLong(), random.nextLong());
    }

    /**
     * With bits that are given in place of random ones: the same for the same.
     *
     * @param hash at least 16 bytes
     */
    public static String of(Instant time, byte[] hash) {
        var bits = ByteBuffer.wrap(hash);
        return of(time, bits.getLong(), bits.getLong());
    }

    private static String of(Instant time, long high, long low) {
        var id = new char[26];
        encode(id, 0, 10, time.toEpochMilli());
        encode(id, 10, 8, high);
        encode(id, 18, 8, low);
        return new String(id);
    }

    public static boolean isUlid(String text) {
        return FORM.matcher(text).matches();
    }

    /** When the id was made, to the millisecond. */
    public static Instant time(String ulid) {
        long millis = 0;
        for (int i = 0; i < 10; i++) {
            millis = millis << 5 | new String(DIGITS).indexOf(ulid.charAt(i));
        }
        return Instant.ofEpochMilli(millis);
    }

    private static void encode(char[] id, int from, int digits, long bits) {
        for (int i = from + digits - 1; i >= from; i--, bits >>>= 5) {
            id[i] = DIGITS[(int) (bits & 31)];
        }
    }
}
