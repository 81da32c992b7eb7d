package hoopoe.provider.soap;

/** One character each, from where it begins to behind its end. */
final class PlainCharacters {

    private static final int LT = 'l' << 8 | 't';
    private static final int GT = 'g' << 8 | 't';
    private static final int AMP = ('a' << 8 | 'm') << 8 | 'p';
    private static final int APOS = (('a' << 8 | 'p') << 8 | 'o') << 8 | 's';
    private static final int QUOT = (('q' << 8 | 'u') << 8 | 'o') << 8 | 't';
    private static final int LAST = 0x10FFFF;

    private PlainCharacters() {}

    /** More than one byte of UTF-8, the shortest form and no half of a surrogate pair (RFC 3629 sections 3 and 4). */
    static int wide(Octets in) throws NotPlain {
        var lead = in.current();
        if (lead >= 0xC2 && lead <= 0xDF) {
            return continued(in, lead & 0x1F, 1, 0x80);
        }
        if (lead >= 0xE0 && lead <= 0xEF) {
            return continued(in, lead & 0x0F, 2, 0x800);
        }
        if (lead >= 0xF0 && lead <= 0xF4) {
            return continued(in, lead & 0x07, 3, 0x10000);
        }
        throw new NotPlain();
    }

    /** {@code &lt;}, {@code &#60;}, {@code &#x3C;}: of the named ones only XML's own (XML 1.0 sections 4.1 and 4.6). */
    static int reference(Octets in) throws NotPlain {
        in.expect('&');
        if (in.current() != '#') {
            return named(in);
        }
        in.advance();
        if (in.current() != 'x') {
            return numeric(in, 10);
        }
        in.advance();
        return numeric(in, 16);
    }

    private static int continued(Octets in, int lead, int count, int least) throws NotPlain {
        int c = lead;
        for (int i = 0; i < count; i++) {
            in.advance();
            if ((in.current() & 0xC0) != 0x80 || in.current() == Octets.END) {
                throw new NotPlain();
            }
            c = c << 6 | in.current() & 0x3F;
        }
        in.advance();
        if (c < least) {
            throw new NotPlain();
        }
        return checked(c);
    }

    private static int named(Octets in) throws NotPlain {
        int name = 0;
        for (; in.current() != ';'; in.advance()) {
            if (name >>> 24 != 0 || in.current() <= 0) {
                throw new NotPlain();
            }
            name = name << 8 | in.current();
        }
        in.advance();
        return switch (name) {
            case LT -> '<';
            case GT -> '>';
            case AMP -> '&';
            case APOS -> '\'';
            case QUOT -> '"';
            default -> throw new NotPlain();
        };
    }

    private static int numeric(Octets in, int radix) throws NotPlain {
        int c = -1;
        for (; in.current() != ';'; in.advance()) {
            var digit = in.current() < 0x80 ? Character.digit(in.current(), radix) : -1;
            if (digit < 0 || c > LAST) {
                throw new NotPlain();
            }
            c = Math.max(c, 0) * radix + digit;
        }
        in.advance();
        return checked(c);
    }

    private static int checked(int c) throws NotPlain {
        if (c > LAST || !XmlText.isChar(c)) {
            throw new NotPlain();
        }
        return c;
    }
}
