package hoopoe.provider.smspanel;

/** Digits as a Persian page may write them. */
final class PersianDigits {

    private PersianDigits() {}

    /** Digits of any script, Persian and Arabic ones among them, become ASCII; all else stays. */
    static String ascii(String text) {
        var plain = new StringBuilder();
        text.codePoints()
                .map(c -> Character.isDigit(c) ? '0' + Character.digit(c, 10) : c)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }
}
