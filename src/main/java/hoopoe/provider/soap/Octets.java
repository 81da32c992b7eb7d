package hoopoe.provider.soap;

import java.util.Arrays;

/** A document byte by byte, each line end as one LF (XML 1.0 section 2.11). */
final class Octets {

    /** What there is after the last byte. */
    static final int END = -1;

    private static final boolean[] ORDINARY = ordinary();

    private final byte[] bytes;
    private final int length;
    private int after;
    private int current;

    Octets(byte[] bytes, int length) {
        this.bytes = bytes;
        this.length = length;
        advance();
    }

    /** 0 to 255, or {@link #END}. */
    int current() {
        return current;
    }

    /** As many as this are left at most, with the current one. */
    int remaining() {
        return length - after + 1;
    }

    void advance() {
        if (after >= length) {
            current = END;
            return;
        }
        current = bytes[after++] & 0xFF;
        if (current == '\r') {
            endLine();
        }
    }

    /** Steps over what is expected. */
    void expect(int c) throws NotPlain {
        if (current != c) {
            throw new NotPlain();
        }
        advance();
    }

    void expect(String ascii) throws NotPlain {
        int from = after - 1;
        if (current == END || length - from < ascii.length()) {
            throw new NotPlain();
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (bytes[from + i] != ascii.charAt(i)) {
                throw new NotPlain();
            }
        }
        after = from + ascii.length();
        advance();
    }

    /** How many characters there are from here that are ASCII and stand for themselves, whatever is around them. */
    int run() {
        int to = after - 1;
        while (current != END && to < length && ORDINARY[bytes[to] & 0xFF]) {
            to++;
        }
        return to - after + 1;
    }

    /** @param count at most the {@link #run} from here, at least one */
    void copy(byte[] target, int at, int count) {
        System.arraycopy(bytes, after - 1, target, at, count);
        after += count - 1;
        advance();
    }

    /** Steps over white space (section 2.3). @return whether there was any */
    boolean skipBlanks() {
        var any = false;
        while (current == ' ' || current == '\n' || current == '\t') {
            any = true;
            advance();
        }
        return any;
    }

    private static boolean[] ordinary() {
        var ordinary = new boolean[256];
        Arrays.fill(ordinary, ' ', 0x80, true);
        for (char c : "<>&]".toCharArray()) {
            ordinary[c] = false;
        }
        return ordinary;
    }

    private void endLine() {
        current = '\n';
        if (after < length && bytes[after] == '\n') {
            after++;
        }
    }
}
