package hoopoe.metric;

import java.util.Comparator;

/**
 * Whose numbers they are.
 *
 * @param account empty for those of all
 * @param code empty for none
 */
record Subject(String account, String code) implements Comparable<Subject> {

    static final Subject ALL = new Subject("", "");

    private static final Comparator<Subject> ORDER =
            Comparator.comparing(Subject::account).thenComparing(Subject::code);

    /** Longer ones are no codes. */
    private static final int LONGEST = 24;

    /** More digits in a row than any code has, and fewer than a phone number. */
    private static final int DIGITS = 6;

    static Subject of(String account) {
        return new Subject(account, "");
    }

    /** A name in CloudWatch lives for 15 months and costs: so no provider can make one of whatever it likes. */
    static Subject of(String account, String code) {
        return new Subject(account, code.isEmpty() ? "none" : isCode(code) ? code : "other");
    }

    private static boolean isCode(String written) {
        int digits = 0;
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            digits = digit ? digits + 1 : 0;
            if (digits > DIGITS || !digit && !isLetter(c)) {
                return false;
            }
        }
        return written.length() <= LONGEST;
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-' || c == '_' || c == '.';
    }

    @Override
    public int compareTo(Subject other) {
        return ORDER.compare(this, other);
    }
}
