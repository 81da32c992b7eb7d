package hoopoe.provider;

import hoopoe.Loggable;

/**
 * No usable answer to a query (credit, report, erase, session). A send never throws it; its result is a {@link SendOutcome}.
 * Messages name the operation and the code, never a body, a number or a key.
 */
public abstract sealed class ProviderException extends RuntimeException implements Loggable {

    private static final long serialVersionUID = 1;

    private static final String UNAVAILABLE = "Unavailable";
    private static final String MALFORMED = "Malformed";
    private static final String BUSY = "Busy";

    private final String kind;
    private final String code;

    private ProviderException(String kind, String operation, String code, Throwable cause) {
        super(operation + ": " + code, cause);
        this.kind = kind;
        this.code = code;
    }

    /** The kind of exception as stored in an item; with {@link #code()} it is all that {@link #again} needs. */
    public String kind() {
        return kind;
    }

    /** Whether the failure is temporary: an immediate second call would fail too. A refusal is recorded as a block. */
    public boolean passes() {
        return this instanceof ProviderUnavailable || this instanceof MalformedAnswer || this instanceof ProviderBusy;
    }

    /** Recreates a temporary failure, for a query that is repeated within moments. */
    public static ProviderException again(String operation, String kind, String code) {
        return switch (kind) {
            case UNAVAILABLE -> new ProviderUnavailable(operation, code);
            case MALFORMED -> new MalformedAnswer(operation, code);
            default -> new ProviderBusy(operation, code);
        };
    }

    /** The provider's code, or ours. */
    public String code() {
        return code;
    }

    /** No answer in time, or a 5xx. 503. */
    public static final class ProviderUnavailable extends ProviderException {
        private static final long serialVersionUID = 1;

        public ProviderUnavailable(String operation, String code, Throwable cause) {
            super(UNAVAILABLE, operation, code, cause);
        }

        public ProviderUnavailable(String operation, String code) {
            super(UNAVAILABLE, operation, code, null);
        }
    }

    /** An answer that violates the provider's document. 502, and the operator should look. */
    public static final class MalformedAnswer extends ProviderException {
        private static final long serialVersionUID = 1;

        public MalformedAnswer(String operation, String code) {
            super(MALFORMED, operation, code, null);
        }
    }

    /** Credentials refused, account suspended, or a refusal that a repeat will not change. 502. */
    public static final class ProviderRefused extends ProviderException {
        private static final long serialVersionUID = 1;

        public ProviderRefused(String operation, String code) {
            super("Refused", operation, code, null);
        }
    }

    /** The account's settings are wrong, so the provider was not called. 503, and the operator must correct them. */
    public static final class AccountMisconfigured extends ProviderException {
        private static final long serialVersionUID = 1;

        public AccountMisconfigured() {
            super("Misconfigured", "account", "misconfigured", null);
        }
    }

    /** The provider asks to come back later (EVERY8D -97), or another invocation is logging in. 503. */
    public static final class ProviderBusy extends ProviderException {
        private static final long serialVersionUID = 1;

        public ProviderBusy(String operation, String code) {
            super(BUSY, operation, code, null);
        }
    }

    /** The provider has no such operation; the code is the feature's name. 422 {@code not_supported_by_provider}. */
    public static final class NotSupported extends ProviderException {
        private static final long serialVersionUID = 1;

        /** @param thing {@code credit}, {@code cancel}… */
        public NotSupported(String thing) {
            super("NotSupported", "not supported", thing, null);
        }
    }
}
