package hoopoe.observability;

import java.util.Comparator;

/**
 * Whose numbers they are.
 *
 * @param account empty for those of all
 * @param code empty for none
 */
record MetricDimensions(String account, String code) implements Comparable<MetricDimensions> {

    static final MetricDimensions ALL = new MetricDimensions("", "");

    private static final Comparator<MetricDimensions> ORDER =
            Comparator.comparing(MetricDimensions::account).thenComparing(MetricDimensions::code);

    /** Longer ones are no codes. */
    private static final int LONGEST = 24;

    /** More digits in a row than any code has, and fewer than a phone number. */
    private static final int DIGITS = 6;

    static MetricDimensions of(String account) {
        return new MetricDimensions(account, "");
    }

    /** A name in CloudWatch lives for 15 months and costs: so no provider can make one of whatever it likes. */
    static MetricDimensions of(String account, String code) {
        return new MetricDimensions(account, code.isEmpty() ? "none" : isCode(code) ? code : "other");
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
    public int compareTo(MetricDimensions other) {
        return ORDER.compare(this, other);
    }
}
