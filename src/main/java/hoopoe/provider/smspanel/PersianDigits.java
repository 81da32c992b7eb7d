package hoopoe.provider.smspanel;

/** Converts Persian digits. */
final class PersianDigits {

    private PersianDigits() {}

    /** Converts digits of any script, such as Persian and Arabic, to ASCII; all other characters stay. */
    static String ascii(String text) {
        var plain = new StringBuilder();
        text.codePoints()
                .map(c -> Character.isDigit(c) ? '0' + Character.digit(c, 10) : c)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }
}
