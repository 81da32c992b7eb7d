package hoopoe.http;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The catalogue: every code that an answer of ours can carry. Codes are stable, texts are not. The documents are generated
 * from it.
 */
public enum Problems {
    INVALID_JSON(
            400, "The body is not JSON", "The body is missing, is not UTF-8, is not JSON, or names a member twice."),
    INVALID_REQUEST(
            400,
            "The request is not as it must be",
            "A value is missing or of the wrong type, or a parameter is unknown."),
    UNKNOWN_FIELD(
            400, "The body has a member that does not exist", "Members that are not known are refused, not ignored."),
    IDEMPOTENCY_KEY_INVALID(
            400,
            "The idempotency key is not as it must be",
            "1 to 255 letters, digits, '_', ':' or '-', bare or as a quoted string."),
    CURSOR_INVALID(
            400,
            "The cursor is not one of ours",
            "Cursors are opaque: pass back what a list gave as next_cursor, unchanged."),
    ACCOUNT_REQUIRED(400, "An account must be named", "There are several accounts and none is the default."),

    FORBIDDEN_SCOPE(403, "The key does not allow this", "Another scope is needed."),
    ACCOUNT_LIVE_ONLY(
            403, "The account is not for test keys", "Test keys reach only accounts whose provider is simulated."),

    NOT_FOUND(404, "There is nothing here", "The path names nothing."),
    BATCH_NOT_FOUND(
            404, "There is no such batch", "It never existed, is older than the retention, or is somebody else's."),
    ACCOUNT_NOT_FOUND(404, "There is no such account", "The account is not configured."),

    TOO_LATE_TO_ERASE(
            409, "It is too late to take the batch back", "Nothing was taken back, and nothing still can be."),
    IDEMPOTENCY_IN_PROGRESS(
            409,
            true,
            "The same call is being worked on",
            "Ask again with the same key after the time in Retry-After."),

    PAYLOAD_TOO_LARGE(
            413, "The body is too large", "The body is too long, nested too deeply, or holds too long a value."),

    NO_VALID_RECIPIENT(422, "No recipient can be sent to", "Every recipient was refused; errors says why."),
    INVALID_NUMBER(422, "The number is not one", "Neither E.164 nor a local form that the account's provider knows."),
    NUMBER_NOT_SUPPORTED(
            422, "The provider does not send to this number", "The number is valid, but out of the provider's reach."),
    DUPLICATE_RECIPIENT(
            422,
            "The recipient occurs twice",
            "The same number with the same text and time stands earlier in the batch."),
    TEXT_EMPTY(422, "There is no text", "Neither the batch nor the recipient has a text."),
    TEXT_TOO_LONG(422, "The text is too long", "It is longer than the account's provider takes."),
    TEXT_NOT_ENCODABLE(422, "The text cannot be sent", "It holds characters that cannot be carried to the provider."),
    TOO_MANY_RECIPIENTS(
            422, "There are too many recipients", "More than one call, or one batch of this provider, can take."),
    SEND_AT_PAST(422, "The time to send is past", "Leave send_at out to send now."),
    SEND_AT_FORMAT(
            422, "The time to send cannot be read", "RFC 3339 with an offset, and within the provider's limits."),
    VALIDITY_OUT_OF_RANGE(422, "The validity is out of range", "Shorter or longer than the provider allows."),
    VARIABLE_MISSING(422, "A variable has no value", "The text names a variable that this recipient does not give."),
    RECEIVED_ID_USED(422, "The received message was answered before", "A received message can be answered once."),
    NOT_SUPPORTED_BY_PROVIDER(
            422, "The provider cannot do this", "The account's provider lacks what was asked for, alone or combined."),
    IDEMPOTENCY_KEY_REUSED(
            422, "The idempotency key belongs to another request", "Use a new key for each different request."),

    RATE_LIMITED(429, true, "Too many calls", "Come back after the time in Retry-After."),

    INTERNAL(500, "Something went wrong here", "Quote request_id when asking about it."),

    PROVIDER_MALFORMED(
            502, "The provider's answer cannot be read", "The provider answered with what it does not document."),
    PROVIDER_REFUSED(
            502, "The provider refuses the account", "Credentials refused or locked: the operator has to look at it."),

    CONTENDED(503, true, "Others change the same thing at this moment", "Nothing was done. Come back."),
    PROVIDER_UNAVAILABLE(503, true, "The provider does not answer", "Come back after the time in Retry-After."),
    PROVIDER_BUSY(503, true, "The provider is busy", "Come back after the time in Retry-After.");

    private final int status;
    private final boolean retryable;
    private final String title;
    private final String description;

    Problems(int status, String title, String description) {
        this(status, false, title, description);
    }

    Problems(int status, boolean retryable, String title, String description) {
        this.status = status;
        this.retryable = retryable;
        this.title = title;
        this.description = description;
    }

    public static Optional<Problems> of(String code) {
        return Arrays.stream(values())
                .filter(problem -> problem.code().equals(code))
                .findFirst();
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public int status() {
        return status;
    }

    /** Whether the same request can succeed later, and repeating it does no harm. */
    public boolean retryable() {
        return retryable;
    }

    public String title() {
        return title;
    }

    /** What it means and what to do, for the pages of the catalogue. */
    public String description() {
        return description;
    }

    /** The page of the catalogue. */
    String type() {
        return "/v1/errors#" + code();
    }

    /** Ends the call: {@code throw Problems.BATCH_NOT_FOUND.because("…")}. */
    public ProblemException because(String detail) {
        return new ProblemException(Problem.of(this, detail));
    }
}
