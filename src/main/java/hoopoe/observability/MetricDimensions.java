package hoopoe.observability;

import java.util.Comparator;

/**
 * The dimensions of a metric.
 *
 * @param account empty for the sum of all
 * @param code empty for none
 * @param endpoint the id of a webhook; empty for none
 */
record MetricDimensions(String account, String code, String endpoint) implements Comparable<MetricDimensions> {

    static final MetricDimensions ALL = new MetricDimensions("", "", "");

    private static final Comparator<MetricDimensions> ORDER = Comparator.comparing(MetricDimensions::account)
            .thenComparing(MetricDimensions::code)
            .thenComparing(MetricDimensions::endpoint);

    /** A longer text is not a code. */
    private static final int LONGEST = 24;

    /** The most digits in a row: enough for a code, too few for a phone number. */
    private static final int DIGITS = 6;

    static MetricDimensions of(String account) {
        return new MetricDimensions(account, "", "");
    }

    static MetricDimensions ofEndpoint(String id) {
        return new MetricDimensions("", "", id);
    }

    /** Accepts only texts that look like a code, because each new name costs money and stays in CloudWatch for 15 months. */
    static MetricDimensions of(String account, String code) {
        return new MetricDimensions(account, code.isEmpty() ? "none" : isCode(code) ? code : "other", "");
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
