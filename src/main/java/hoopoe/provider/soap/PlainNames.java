package hoopoe.provider.soap;

/** Names of ASCII letters, digits and {@code . - _}, with a prefix or without (Namespaces in XML 1.0 section 4). */
final class PlainNames {

    private static final int LONGEST = 100;

    private final Repeats repeats = new Repeats();
    private final byte[] bytes = new byte[LONGEST];
    private int colon;

    /** From its first character to behind its last. */
    String read(Octets in) throws NotPlain {
        colon = -1;
        int length = 0;
        while (isPart(in.current())) {
            if (length == LONGEST || startsPart(length) && !isStart(in.current())) {
                throw new NotPlain();
            }
            if (in.current() == ':') {
                colon = colon < 0 ? length : LONGEST;
            }
            bytes[length++] = (byte) in.current();
            in.advance();
        }
        if (startsPart(length) || colon == LONGEST) {
            throw new NotPlain();
        }
        return repeats.of(bytes, length);
    }

    /** Where the colon of the name that was read last is; negative where there is none. */
    int colon() {
        return colon;
    }

    private boolean startsPart(int length) {
        return length == colon + 1;
    }

    private static boolean isPart(int c) {
        return isStart(c) || c >= '0' && c <= '9' || c == '-' || c == '.' || c == ':';
    }

    static boolean isStart(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }
}
