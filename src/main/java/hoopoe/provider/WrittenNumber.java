package hoopoe.provider;

/** A number as people write it. */
public final class WrittenNumber {

    private WrittenNumber() {}

    /** Blanks and the marks people group digits with fall away; full-width digits and plus become ASCII. */
    public static String plain(String written) {
        var plain = new StringBuilder();
        written.codePoints().filter(c -> !isMark(c)).map(WrittenNumber::ascii).forEach(plain::appendCodePoint);
        return plain.toString();
    }

    private static boolean isMark(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || "-().".indexOf(c) >= 0;
    }

    private static int ascii(int c) {
        var isFullWidth = c >= '\uFF10' && c <= '\uFF19' || c == '\uFF0B';
        return isFullWidth ? c - 0xFEE0 : c;
    }
}
