package hoopoe.provider.soap;

import java.util.Arrays;

/** Character data: references resolved, CDATA sections opened, as UTF-8. */
final class PlainText {

    private final Repeats repeats = new Repeats();
    private byte[] bytes;
    private int length;

    /** @param size in bytes; it grows where it must */
    PlainText(int size) {
        bytes = new byte[size];
    }

    /**
     * From here to the next tag (XML 1.0 sections 2.4 and 2.7). In place of what was read before.
     *
     * @param in then behind the tag's opening bracket
     */
    void read(Octets in) throws NotPlain {
        length = 0;
        while (true) {
            characters(in);
            in.expect('<');
            if (in.current() != '!') {
                return;
            }
            in.expect("![CDATA[");
            section(in);
        }
    }

    /** What was read, one and the same where it repeats. */
    String text() {
        return repeats.of(bytes, length);
    }

    /** What was read, not copied: read no more. */
    XmlContent content() {
        return XmlContent.of(bytes, length);
    }

    private void characters(Octets in) throws NotPlain {
        int brackets = 0;
        while (in.current() != '<') {
            int run = in.run();
            if (run > 0) {
                brackets = 0;
                append(in, run);
                continue;
            }
            int c = in.current();
            if (c == '&') {
                brackets = 0;
                append(PlainCharacters.reference(in));
                continue;
            }
            if (c == '>' && brackets >= 2) {
                throw new NotPlain();
            }
            brackets = c == ']' ? brackets + 1 : 0;
            character(in);
        }
    }

    /** To behind its {@code ]]>}. */
    private void section(Octets in) throws NotPlain {
        int brackets = 0;
        while (in.current() != '>' || brackets < 2) {
            brackets = in.current() == ']' ? brackets + 1 : 0;
            character(in);
        }
        in.advance();
        length -= 2;
    }

    private void character(Octets in) throws NotPlain {
        int c = in.current();
        if (c >= 0x80) {
            append(PlainCharacters.wide(in));
            return;
        }
        if (c < ' ' && c != '\n' && c != '\t') {
            throw new NotPlain();
        }
        append(c);
        in.advance();
    }

    private void append(Octets in, int run) {
        makeRoom(run);
        in.copy(bytes, length, run);
        length += run;
    }

    private void append(int c) {
        makeRoom(4);
        if (c < 0x80) {
            bytes[length++] = (byte) c;
        } else {
            wide(c);
        }
    }

    private void makeRoom(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
    }

    private void wide(int c) {
        if (c < 0x800) {
            bytes[length++] = (byte) (0xC0 | c >> 6);
        } else {
            if (c < 0x10000) {
                bytes[length++] = (byte) (0xE0 | c >> 12);
            } else {
                bytes[length++] = (byte) (0xF0 | c >> 18);
                bytes[length++] = (byte) (0x80 | c >> 12 & 0x3F);
            }
            bytes[length++] = (byte) (0x80 | c >> 6 & 0x3F);
        }
        bytes[length++] = (byte) (0x80 | c & 0x3F);
    }
}
