package hoopoe.api.http;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The problem catalogue: every code that a response of ours can carry. Codes are stable, texts are not. The documents are
 * generated from it.
 */
public enum ProblemCatalogue {
    INVALID_JSON(
            400,
            "The body is not JSON",
            "The body is missing, is not UTF-8 or was not before it came here, is not JSON, or names a member twice.",
            "Send one JSON object in UTF-8, as application/json."),
    INVALID_REQUEST(
            400,
            "The request is not as it must be",
            "A value is missing or of the wrong type, or a parameter is unknown.",
            "Mend what errors points at, or the parameter that detail names."),
    UNKNOWN_FIELD(
            400,
            "The body has a member that does not exist",
            "Members that are not known are refused, not ignored.",
            "Leave out what errors points at, or spell it as the OpenAPI description does."),
    IDEMPOTENCY_KEY_INVALID(
            400,
            "The idempotency key is not as it must be",
            "The header Idempotency-Key is too long or holds other characters than it may.",
            "Use 1 to 255 visible ASCII characters, bare or as a quoted string; a bare one has no '\"'."),
    CURSOR_INVALID(
            400,
            "The cursor is not one of ours",
            "The parameter cursor was not given by this list.",
            "Cursors are opaque: pass back what the same list gave as next_cursor, unchanged."),
    ACCOUNT_REQUIRED(
            400,
            "An account must be named",
            "There are several accounts and none is the default.",
            "Name one as account; GET /v1/accounts lists them."),

    FORBIDDEN_SCOPE(
            403,
            "The key does not allow this",
            "The key is good, and lacks the scope that this call needs.",
            "Use a key with the scope that detail names."),
    ACCOUNT_LIVE_ONLY(
            403,
            "The account is not for test keys",
            "Test keys reach only accounts whose provider is simulated.",
            "Use a live key, or an account that is simulated."),

    NOT_FOUND(404, "There is nothing here", "The path names nothing.", "Look the path up in the OpenAPI description."),
    BATCH_NOT_FOUND(
            404,
            "There is no such batch",
            "It never existed, is older than the retention, or is somebody else's.",
            "Use the id that the answer to POST /v1/batches gave, and the key that it was made with."),
    DISPATCH_NOT_FOUND(
            404,
            "There is no such dispatch",
            "The batch has no dispatch of this number, or not yet.",
            "Use a number that GET /v1/batches/{id}?include=dispatches shows."),
    ACCOUNT_NOT_FOUND(
            404,
            "There is no such account",
            "No account of this name is configured.",
            "GET /v1/accounts lists the accounts."),

    TOO_LATE_TO_CANCEL(
            409,
            "It is too late to cancel the batch",
            "Nothing was cancelled, and nothing still can be.",
            "Nothing: its messages are sent, or were never going to be."),
    DISPATCH_NOT_UNCONFIRMED(
            409,
            "There is nothing to settle",
            "The dispatch is not unconfirmed: it is known whether it was sent, or it still is to be.",
            "Nothing: GET /v1/batches/{id} shows how it stands."),
    REFERENCE_HELD(
            409,
            "The reference is another dispatch's",
            "Two dispatches never go by one reference.",
            "Look the reference up again at the provider."),
    REFERENCE_DIFFERS(
            409,
            "The dispatch goes by another reference",
            "The provider named one already, or we gave it one.",
            "Leave reference out."),
    TOO_EARLY_TO_RESEND(
            409,
            Wait.SOON,
            "It is too early to send it again",
            "The try before may still be under way.",
            "Repeat the call after the time in Retry-After."),
    TOO_LATE_TO_RESEND(
            409, "It is too late to send it again", "Its validity is over: it would expire.", "Send a new batch."),
    BATCH_CANCELLED(
            409,
            "The batch is cancelled",
            "Somebody cancelled it, so nothing of it is sent any more.",
            "Send a new batch."),
    PROVIDER_HAS_IT(
            409,
            "The provider has it",
            "A callback or a report has told of it, so it was sent.",
            "Wait for the next check, which shows what became of it."),
    IDEMPOTENCY_IN_PROGRESS(
            409,
            Wait.SOON,
            "The same call is being worked on",
            "Another call with the same key has not come to its end.",
            "Repeat the call with the same key after the time in Retry-After."),

    PAYLOAD_TOO_LARGE(
            413,
            "The body is too large",
            "The body is too long, nested too deeply, or holds too long a value.",
            "Cut the batch into several calls."),

    NO_VALID_RECIPIENT(
            422,
            "No recipient can be sent to",
            "Every recipient was refused, and nothing was stored.",
            "Mend what errors says of each recipient."),
    INVALID_NUMBER(
            422,
            "The number is not one",
            "It is neither E.164 nor a local form that the account's provider knows.",
            "Write the number in E.164: +, country code, number."),
    NUMBER_NOT_SUPPORTED(
            422,
            "The provider does not send to this number",
            "The number is valid, but out of the provider's reach.",
            "Send by another account, or leave the recipient out."),
    DUPLICATE_RECIPIENT(
            422,
            "The recipient occurs twice",
            "The same number with the same text and time stands earlier in the batch.",
            "Nothing: the earlier one is sent. A second message needs another text, another time or another batch."),
    TEXT_EMPTY(
            422,
            "There is no text",
            "Neither the batch nor the recipient has a text.",
            "Give the batch or each recipient a text."),
    TEXT_TOO_LONG(
            422,
            "The text is too long",
            "It is longer than the account's provider takes.",
            "Shorten it to the max_text of the account's capabilities."),
    TEXT_NOT_ENCODABLE(
            422,
            "The text cannot be sent",
            "It holds characters that cannot be carried to the provider.",
            "Leave control characters and halves of surrogate pairs out, and what the provider's alphabet lacks."),
    TOO_MANY_RECIPIENTS(
            422,
            "There are too many recipients",
            "They are more than one call, or one batch of this provider, can take.",
            "Cut the batch into several calls of at most max_recipients of the account's capabilities."),
    SEND_AT_PAST(422, "The time to send is past", "send_at lies before now.", "Leave send_at out to send now."),
    SEND_AT_FORMAT(
            422,
            "The time to send cannot be read",
            "send_at is not RFC 3339 with an offset, or there is no such time.",
            "Write it as in 2027-01-31T08:00:00+08:00."),
    SEND_AT_TOO_FAR(
            422,
            "The time to send is too far off",
            "send_at is more than 366 days ahead.",
            "Send the batch nearer to its time."),
    VALIDITY_OUT_OF_RANGE(
            422,
            "The validity is out of range",
            "validity_seconds is shorter or longer than the provider allows.",
            "Choose one from 60 to max_validity_seconds of the account's capabilities, or leave it out."),
    VARIABLE_MISSING(
            422,
            "A variable has no value",
            "The text names a variable that this recipient does not give.",
            "Give the recipient the variable that the pointer names."),
    VARIABLE_UNUSED(
            422,
            "A variable has no place",
            "The recipient gives a variable that the text does not name.",
            "Leave out the variable that the pointer names, or write it into the text as {{name}}."),
    PLACEHOLDER_INVALID(
            422,
            "A placeholder cannot be read",
            "Two braces open what is not {{name}}: a name has 1 to 64 letters, digits, '_', '.' or '-', of any script.",
            "Mend the name, or write {{{{ where two braces shall stand in the text."),
    RECEIVED_ID_USED(
            422,
            "The received message was used before",
            "A received message can be answered once.",
            "Wait until the person writes again: GET /v1/replies lists what came in."),
    RECEIVED_ID_OF_OTHER_NUMBER(
            422,
            "The received message is another number's",
            "A received message is answered to the number that wrote it.",
            "Send to the number that GET /v1/replies shows beside this received_id."),
    NOT_SUPPORTED_BY_PROVIDER(
            422,
            "The provider cannot do this",
            "The account's provider lacks what was asked for, alone or combined.",
            "Leave it out, or use another account; the features of an account are in GET /v1/accounts."),
    IDEMPOTENCY_KEY_REUSED(
            422,
            "The idempotency key belongs to another request",
            "The key was used within 24 hours, and not for this very request.",
            "Use a new key for each different request."),

    INTERNAL(
            500,
            Wait.SOON,
            "Something went wrong here",
            "It is our fault, and the call may or may not have had an effect.",
            "Repeat the call with the same Idempotency-Key after the time in Retry-After, and quote request_id to the operator."
                    + " Where it had no key, ask first what became of it."),

    PROVIDER_MALFORMED(
            502,
            Wait.LATER,
            "The provider's answer cannot be read",
            "The provider answered with what it does not document.",
            "Repeat the call after the time in Retry-After; if it stays so, the operator has to look at it."),
    PROVIDER_REFUSED(
            502,
            Wait.LATER,
            "The provider refuses the account",
            "The provider refused the credentials, or has locked the account. Nothing was stored or sent.",
            "Repeat the call after the time in Retry-After, until the operator has mended the account:"
                    + " GET /v1/accounts tells them what the provider said."),

    CONTENDED(
            503,
            Wait.SOON,
            "Others change the same thing at this moment",
            "Nothing was done.",
            "Repeat the call after the time in Retry-After."),
    ACCOUNT_MISCONFIGURED(
            503,
            Wait.LATER,
            "The account cannot be used",
            "Its settings are wrong. Nothing was stored or sent.",
            "Repeat the call after the time in Retry-After, until the operator has mended the settings:"
                    + " GET /v1/accounts tells them what is wrong."),
    PROVIDER_UNAVAILABLE(
            503,
            Wait.SOON,
            "The provider does not answer",
            "The provider cannot be reached, or answers with its own failure.",
            "Repeat the call after the time in Retry-After."),
    PROVIDER_BUSY(
            503,
            Wait.SOON,
            "The provider is busy",
            "The provider asks for patience.",
            "Repeat the call after the time in Retry-After.");

    /** In seconds. */
    private static final class Wait {
        /** For a problem that passes by itself. */
        static final int SOON = 5;

        /** For a problem that the operator has to correct. */
        static final int LATER = 300;
    }

    private final int status;
    private final int wait;
    private final String title;
    private final String meaning;
    private final String remedy;

    /** A problem that stays, however often the request is repeated. */
    ProblemCatalogue(int status, String title, String meaning, String remedy) {
        this(status, 0, title, meaning, remedy);
    }

    /** @param wait seconds, where a problem has no better value; 0 where repeating does not help */
    ProblemCatalogue(int status, int wait, String title, String meaning, String remedy) {
        this.status = status;
        this.wait = wait;
        this.title = title;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    public static Optional<ProblemCatalogue> of(String code) {
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

    /** Whether the same request can succeed later. A request with an effect is repeated with its Idempotency-Key. */
    public boolean retryable() {
        return wait > 0;
    }

    /** The time after which a repeated request may succeed; empty where none will. */
    Optional<Duration> pause() {
        return retryable() ? Optional.of(Duration.ofSeconds(wait)) : Optional.empty();
    }

    public String title() {
        return title;
    }

    /** What has happened, for the pages of the catalogue. */
    public String meaning() {
        return meaning;
    }

    /** What the caller can do about it, for the pages of the catalogue. */
    public String remedy() {
        return remedy;
    }

    /** Relative reference to the entry in the catalogue that the API serves (RFC 9457, section 3.1.1). */
    public String type() {
        return "/v1/errors#" + code();
    }

    /** Ends the request: {@code throw ProblemCatalogue.BATCH_NOT_FOUND.because("…")}. */
    public ProblemException because(String detail) {
        return new ProblemException(Problem.of(this, detail));
    }
}
