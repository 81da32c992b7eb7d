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
            "The body is missing, is not UTF-8 (or lost characters before it came here), is not JSON, or names a member twice.",
            "Send one JSON object in UTF-8, as application/json."),
    INVALID_REQUEST(
            400,
            "The request is not as it must be",
            "A value is missing or of the wrong type, or a parameter is unknown.",
            "Correct what errors points at, or the parameter that detail names."),
    UNKNOWN_FIELD(
            400,
            "The body has a member that does not exist",
            "Unknown members are refused, not ignored.",
            "Remove the member that errors points at, or spell it as in the OpenAPI document."),
    IDEMPOTENCY_KEY_INVALID(
            400,
            "The idempotency key is not valid",
            "The header Idempotency-Key is too long or has characters that are not allowed.",
            "Use 1 to 255 visible ASCII characters, bare or as a quoted string; a bare one has no '\"'."),
    CURSOR_INVALID(
            400,
            "The cursor is not valid",
            "The parameter cursor is not a next_cursor of this list.",
            "Send the next_cursor of the same list, unchanged."),
    ACCOUNT_REQUIRED(
            400,
            "An account must be named",
            "There are several accounts, and none is the default.",
            "Name one in account; GET /v1/accounts lists them."),

    FORBIDDEN_SCOPE(
            403,
            "The key does not allow this",
            "The key is valid, but lacks the scope that this call needs.",
            "Use a key with the scope that detail names."),
    ACCOUNT_LIVE_ONLY(
            403,
            "The account is not for test keys",
            "Test keys reach only accounts whose provider is simulated.",
            "Use a live key, or an account that is simulated."),

    NOT_FOUND(
            404,
            "There is nothing here",
            "There is nothing at this path.",
            "Look up the path in the OpenAPI document."),
    BATCH_NOT_FOUND(
            404,
            "There is no such batch",
            "It never existed, is older than the retention, or belongs to another caller.",
            "Use the id that POST /v1/batches returned, and a key of the same caller and kind."),
    MESSAGE_NOT_FOUND(
            404,
            "There is no such message",
            "It never existed, is older than the retention, or belongs to another caller.",
            "Use an id that GET /v1/batches/{id}/messages shows, and a key of the same caller and kind."),
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

    ERASURE_NOT_FOUND(
            404,
            "There is no such erasure",
            "It never existed, is older than 90 days, or belongs to another caller.",
            "Use the id that POST /v1/erasures returned, and a key of the same caller and kind."),
    STILL_BEING_SENT(
            409,
            "The message is still being sent",
            "An erasure found a message to the person that is not sent, not settled, or unconfirmed: its number is needed.",
            "Cancel the batch, settle the dispatch, or wait until the batch is finished; then ask for the erasure again."),

    WEBHOOK_NOT_FOUND(
            404,
            "There is no such webhook endpoint",
            "It never existed, was deleted, or belongs to another caller.",
            "GET /v1/webhooks lists your endpoints."),

    TOO_LATE_TO_CANCEL(
            409,
            "It is too late to cancel the batch",
            "No message was cancelled, and none can be.",
            "Nothing: its messages were sent, or will never be."),
    DISPATCH_NOT_UNCONFIRMED(
            409,
            "The dispatch is not unconfirmed",
            "It is known whether the dispatch was sent, or it is still to be sent.",
            "Nothing: GET /v1/batches/{id} shows its state."),
    REFERENCE_HELD(
            409,
            "The reference belongs to another dispatch",
            "Two dispatches never have the same reference.",
            "Look up the reference again at the provider."),
    REFERENCE_DIFFERS(
            409,
            "The dispatch has another reference",
            "The provider has already named one, or Hoopoe gave it one.",
            "Leave out reference."),
    TOO_EARLY_TO_RESEND(
            409,
            Wait.SOON,
            "It is too early to resend the dispatch",
            "The earlier try may still be in progress.",
            "Repeat the call after the time in Retry-After."),
    TOO_LATE_TO_RESEND(
            409,
            "It is too late to resend the dispatch",
            "Its validity is over: it would expire.",
            "Send a new batch."),
    BATCH_CANCELLED(
            409,
            "The batch is cancelled",
            "It was cancelled, so no message of it is sent any more.",
            "Send a new batch."),
    PROVIDER_HAS_IT(
            409,
            "The provider has the dispatch",
            "A callback or a report named it, so it was sent.",
            "Wait for the next check, which shows its state."),
    WEBHOOK_DISABLED(
            409, "The endpoint is disabled", "Nothing is posted to it.", "Enable it by PATCH /v1/webhooks/{id}."),
    WEBHOOK_URL_IN_USE(
            409,
            "Another endpoint has this URL",
            "One URL has one endpoint of a caller. An earlier call may have registered it, though its answer was lost.",
            "Use the endpoint that detail names: change it by PATCH, and get a new secret by POST …/rotate."),
    TOO_MANY_WEBHOOKS(
            409,
            "There are too many webhook endpoints",
            "A caller has 10 endpoints at most.",
            "Delete one, or let one endpoint take more types."),
    IDEMPOTENCY_IN_PROGRESS(
            409,
            Wait.SOON,
            "The same call is still in progress",
            "Another call with the same key has not ended.",
            "Repeat the call with the same key after the time in Retry-After."),

    PAYLOAD_TOO_LARGE(
            413,
            "The body is too large",
            "The body is too long or nested too deeply, or a value in it is too long.",
            "Split the batch into several calls."),

    NO_VALID_RECIPIENT(
            422,
            "No recipient is valid",
            "Every recipient was refused, and nothing was stored.",
            "Correct what errors says of each recipient."),
    INVALID_NUMBER(
            422,
            "The number is not valid",
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
            "An earlier recipient of the batch has the same number, text and time.",
            "Nothing: the earlier one is sent. For a second message use another text, another time or another batch."),
    TEXT_EMPTY(
            422,
            "There is no text",
            "Neither the batch nor the recipient has a text.",
            "Give the batch or each recipient a text."),
    TEXT_TOO_LONG(
            422,
            "The text is too long",
            "It is longer than the account's provider accepts.",
            "Shorten it to max_text of the account's capabilities."),
    TEXT_NOT_ENCODABLE(
            422,
            "The text cannot be sent",
            "It has characters that cannot be sent to the provider.",
            "Remove control characters, halves of surrogate pairs, and characters that the provider's alphabet lacks."),
    TOO_MANY_RECIPIENTS(
            422,
            "There are too many recipients",
            "There are more than a call, or a batch of this provider, can have.",
            "Split the batch into several calls of at most max_recipients of the account's capabilities."),
    SEND_AT_PAST(422, "The time to send is past", "send_at is before now.", "Leave out send_at to send now."),
    SEND_AT_FORMAT(
            422,
            "The time to send is not valid",
            "send_at is not RFC 3339 with an offset, or there is no such time.",
            "Write it as in 2027-01-31T08:00:00+08:00."),
    SEND_AT_TOO_FAR(
            422,
            "The time to send is too far ahead",
            "send_at is more than 366 days ahead.",
            "Send the batch nearer to its time."),
    VALIDITY_OUT_OF_RANGE(
            422,
            "The validity is out of range",
            "validity_seconds is shorter or longer than the provider allows.",
            "Use 60 to max_validity_seconds of the account's capabilities, or leave it out."),
    VARIABLE_MISSING(
            422,
            "A variable has no value",
            "The text names a variable that this recipient does not have.",
            "Give the recipient the variable that the pointer names."),
    VARIABLE_UNUSED(
            422,
            "A variable is not used",
            "The recipient has a variable that the text does not name.",
            "Remove the variable that the pointer names, or use it in the text as {{name}}."),
    PLACEHOLDER_INVALID(
            422,
            "A placeholder is not valid",
            "Two braces open something that is not {{name}}. A name has 1 to 64 letters, digits, '_', '.' or '-', of any script.",
            "Correct the name, or write {{{{ for two braces in the text."),
    RECEIVED_ID_USED(
            422,
            "The received SMS was answered already",
            "A received SMS can be answered once.",
            "Wait until the person writes again: GET /v1/replies lists received SMS."),
    RECEIVED_ID_OF_OTHER_NUMBER(
            422,
            "The received SMS is from another number",
            "A received SMS is answered to the number that wrote it.",
            "Send to the number that GET /v1/replies shows with this received_id."),
    WEBHOOK_URL_INVALID(
            422,
            "The URL cannot be called",
            "Events are posted by https, to names that can be found and addresses that are public.",
            "Correct what detail says."),
    WEBHOOKS_OFF(
            422,
            "There are no webhooks here",
            "The operator has switched webhooks off.",
            "Ask the operator, or take events from their bus."),
    NOT_SUPPORTED_BY_PROVIDER(
            422,
            "The provider cannot do this",
            "The account's provider lacks a feature that the request uses, or cannot combine them.",
            "Leave out the feature, or use another account; GET /v1/accounts lists each account's features."),
    IDEMPOTENCY_KEY_REUSED(
            422,
            "The idempotency key was used for another request",
            "The key was used within 24 hours for a request that was not the same.",
            "Use a new key for each different request."),

    INTERNAL(
            500,
            Wait.SOON,
            "Internal error",
            "It is a fault of Hoopoe, and the call may or may not have had an effect.",
            "Repeat the call with the same Idempotency-Key after the time in Retry-After, and quote request_id to the operator."
                    + " If it had no key, first look up whether it had an effect."),

    PROVIDER_MALFORMED(
            502,
            Wait.LATER,
            "The provider's answer cannot be read",
            "The provider gave an answer that its documents do not describe.",
            "Repeat the call after the time in Retry-After. If the error stays, tell the operator."),
    PROVIDER_REFUSED(
            502,
            Wait.LATER,
            "The provider refuses the account",
            "The provider refused the credentials, or has locked the account. Nothing was stored or sent.",
            "Repeat the call after the time in Retry-After, until the operator has corrected the account:"
                    + " GET /v1/accounts shows them the provider's answer."),

    CONTENDED(
            503,
            Wait.SOON,
            "Other calls change the same data",
            "Nothing was done.",
            "Repeat the call after the time in Retry-After."),
    ACCOUNT_MISCONFIGURED(
            503,
            Wait.LATER,
            "The account's settings are wrong",
            "The account cannot be used until they are corrected. Nothing was stored or sent.",
            "Repeat the call after the time in Retry-After, until the operator has corrected the settings:"
                    + " GET /v1/accounts shows them what is wrong."),
    PROVIDER_UNAVAILABLE(
            503,
            Wait.SOON,
            "The provider does not answer",
            "The provider cannot be reached, or reports a failure of its own.",
            "Repeat the call after the time in Retry-After."),
    PROVIDER_BUSY(
            503,
            Wait.SOON,
            "The provider is busy",
            "The provider says that it is busy.",
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

    public static ProblemException noBatch() {
        return BATCH_NOT_FOUND.because("There is no such batch.");
    }
}
