package hoopoe.provider.every8d;

import hoopoe.observability.Redactor;
import hoopoe.provider.ProviderException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An error line: {@code -301} (document §1.2), {@code -99, text, with commas} (public clients), {@code -301.00} (our tolerance).
 *
 * @param code a negative whole number
 * @param text masked; may be empty
 */
record Every8dError(String code, String text) {

    private static final Pattern LINE = Pattern.compile("(-\\d{1,9})(?:\\.0{1,4})?\\s*(?:,(.*))?", Pattern.DOTALL);
    private static final Set<String> CREDENTIALS = Set.of("-100", "-101", "-999");
    private static final Set<String> LISTED = Set.of("-97", "-99", "-100", "-101", "-300", "-301", "-306", "-999");
    private static final Set<String> STATUSES = Set.of("-1", "-2", "-3", "-4", "-5", "-6");

    Every8dError {
        text = Redactor.text(text);
    }

    /** @param result stripped */
    static Optional<Every8dError> of(String result) {
        var line = LINE.matcher(result);
        return line.matches()
                ? Optional.of(new Every8dError(line.group(1), line.group(2) == null ? "" : line.group(2)))
                : Optional.empty();
    }

    /** Whether the document (§1.1, §1.2) or a public client lists the code for a call. */
    boolean isListed() {
        return LISTED.contains(code);
    }

    /** Whether the document (§3.2) lists the code for a message; some of those look like errors of a call. */
    boolean isOfAStatus() {
        return STATUSES.contains(code);
    }

    /** The provider does not know the key, or no longer. */
    boolean isDeadSession() {
        return code.equals("-301");
    }

    /** No such account, wrong password, blocked. */
    boolean isCredentials() {
        return CREDENTIALS.contains(code);
    }

    boolean isBusy() {
        return code.equals("-97");
    }

    /** "Unknown error on the server". */
    boolean isUnknown() {
        return code.equals("-99");
    }

    /** A query was answered with an error. Stays in this package: ends as a {@link ProviderException} or in a new login. */
    static final class Every8dRefusal extends Exception {

        private static final long serialVersionUID = 1;

        private final transient Every8dError error;

        Every8dRefusal(Every8dError error) {
            super(error.code(), null, false, false);
            this.error = error;
        }

        Every8dError error() {
            return error;
        }

        ProviderException toException(String operation) {
            if (error.isBusy()) {
                return new ProviderException.ProviderBusy(operation, error.code());
            }
            return error.isUnknown()
                    ? new ProviderException.ProviderUnavailable(operation, error.code())
                    : new ProviderException.ProviderRefused(operation, error.code());
        }
    }
}
