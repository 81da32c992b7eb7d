package hoopoe.batch.create;

import hoopoe.account.Account;
import hoopoe.batch.InvalidRecipient;
import hoopoe.batch.Recipient;
import hoopoe.batch.create.BatchEstimate.PriceCalculator;
import hoopoe.dispatch.send.SendOrderFactory;
import hoopoe.message.InvisibleCharacters;
import hoopoe.message.PhoneNumber;
import hoopoe.message.Surrogates;
import hoopoe.provider.Capabilities;
import hoopoe.provider.Capabilities.Feature;
import hoopoe.provider.SendOrder;
import hoopoe.provider.SmsProvider;
import hoopoe.provider.ValidationError;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Validates a request once: what can be sent, what cannot, and why. Reads and writes nothing. */
final class BatchValidator {

    static final String NOT_SUPPORTED = "not_supported_by_provider";

    private static final Duration SHORTEST_VALIDITY = Duration.ofMinutes(1);
    private static final int HIGHEST_BYTE = 255;
    private static final int LONGEST_REFERENCE = 200;
    private static final int LONGEST_SUBJECT = 200;

    private final SmsProvider provider;
    private final Account account;
    private final Capabilities capabilities;
    private final BatchRequest request;
    private final Placeholders text;
    private final @Nullable Instant sendAt;
    private final int longestText;

    private final List<InvalidRecipient> errors = new ArrayList<>();
    private final RecipientValidator recipientValidator;

    BatchValidator(SmsProvider provider, Account account, BatchRequest request, Instant now) {
        this.provider = provider;
        this.account = account;
        this.capabilities = provider.capabilities(account);
        this.request = request;
        this.text = Placeholders.of(Objects.requireNonNullElse(request.text(), ""));
        var time = SendTime.of(request.sendAt(), now);
        if (time.code() != null) {
            error("/send_at", time.code(), time.detail());
        }
        this.sendAt = time.ahead(now);
        this.longestText =
                request.binary() == null ? capabilities.maxText() : RecipientValidator.longestWritten(capabilities);
        this.recipientValidator = new RecipientValidator(provider, capabilities, text, longestText, sendAt, now);
    }

    /** @param token names a dispatch of the batch; goes out with the subject and counts for its length */
    BatchValidator read(String token) {
        checkWhole();
        if (errors.isEmpty()) {
            for (int n = 0; n < request.recipients().size(); n++) {
                recipientValidator.add(n, request.recipients().get(n));
            }
            ask(token);
        }
        return this;
    }

    /** Refuses answers to a message from another number. @param writer its sender, where known */
    void answering(Function<String, Optional<PhoneNumber>> writer) {
        recipientValidator.answering(writer);
    }

    /** Errors of the whole request; where there are any, the rest means nothing. */
    List<InvalidRecipient> errors() {
        return errors;
    }

    List<Recipient> accepted() {
        return recipientValidator.accepted();
    }

    /** In the order of the request. */
    List<InvalidRecipient> rejected() {
        return recipientValidator.rejected();
    }

    String text() {
        return text.text();
    }

    @Nullable Instant sendAt() {
        return sendAt;
    }

    @Nullable Duration validity() {
        return request.validitySeconds() == null ? null : Duration.ofSeconds(request.validitySeconds());
    }

    BatchEstimate summary() {
        var priceCalculator = new PriceCalculator(provider, account, request.binary() != null);
        for (var recipient : recipientValidator.accepted()) {
            priceCalculator.add(recipient.number(), Objects.requireNonNullElse(recipient.text(), text.text()));
        }
        return priceCalculator.summary();
    }

    private void checkWhole() {
        int recipients = request.recipients().size();
        if (recipients == 0) {
            error("/recipients", "invalid_request", "There must be at least one recipient.");
        } else if (recipients > capabilities.maxRecipients()) {
            error("/recipients", "too_many_recipients", "At most " + capabilities.maxRecipients() + " at once.");
        }
        checkText();
        checkValidity();
        checkLength("/subject", request.subject(), LONGEST_SUBJECT);
        checkLength("/reference", request.reference(), LONGEST_REFERENCE);
        checkWhole("/reference", request.reference());
        checkBinary();
        demand("/send_at", request.sendAt() != null, Feature.SCHEDULE);
        demand("/subject", request.subject() != null && !request.subject().isEmpty(), Feature.SUBJECT);
        demand("/validity_seconds", request.validitySeconds() != null, Feature.VALIDITY);
    }

    /** Also where all recipients have their own text, because the batch's is stored all the same. */
    private void checkText() {
        int longest = text.isPlain() ? longestText : RecipientValidator.longestWritten(capabilities);
        if (InvisibleCharacters.isAll(text.text())
                && request.recipients().stream().allMatch(requestedRecipient -> requestedRecipient.text() == null)) {
            error("/text", "text_empty", "There is no text.");
        } else if (text.text().length() > longest) {
            error("/text", "text_too_long", RecipientValidator.tooLong(longest));
        } else if (text.broken().isPresent()) {
            error("/text", "placeholder_invalid", RecipientValidator.broken(text));
        } else if (Surrogates.areTorn(text.text())) {
            error("/text", "text_not_encodable", "It contains half a character.");
        }
    }

    private void checkValidity() {
        var validity = validity();
        var longest = capabilities.maxValidity();
        if (validity != null
                && capabilities.has(Feature.VALIDITY)
                && (validity.compareTo(SHORTEST_VALIDITY) < 0 || validity.compareTo(longest) > 0)) {
            error(
                    "/validity_seconds",
                    "validity_out_of_range",
                    "From " + SHORTEST_VALIDITY.toSeconds() + " to " + longest.toSeconds() + '.');
        }
    }

    private void checkBinary() {
        var binaryMessage = request.binary();
        if (binaryMessage != null) {
            demand("/binary", true, Feature.BINARY);
            checkByte("/binary/dcs", binaryMessage.dcs());
            checkByte("/binary/esm", binaryMessage.esm());
        }
    }

    private void checkByte(String pointer, @Nullable Integer value) {
        if (value != null && (value < 0 || value > HIGHEST_BYTE)) {
            error(pointer, "invalid_request", "This must be from 0 to " + HIGHEST_BYTE + '.');
        }
    }

    private void checkLength(String pointer, @Nullable String value, int longest) {
        if (value != null && length(value) > longest) {
            error(pointer, "invalid_request", "At most " + longest + " characters.");
        }
    }

    /** As JSON Schema counts: an emoji is one character. */
    static int length(String value) {
        return value.codePointCount(0, value.length());
    }

    private void checkWhole(String pointer, @Nullable String value) {
        if (value != null && Surrogates.areTorn(value)) {
            error(pointer, "invalid_request", "It contains half a character.");
        }
    }

    private void demand(String pointer, boolean wished, Feature feature) {
        if (wished && !capabilities.has(feature)) {
            error(pointer, NOT_SUPPORTED, cannot(feature));
        }
    }

    static String cannot(Feature feature) {
        return "The account's provider cannot do this: " + feature.label() + '.';
    }

    private void error(String pointer, String code, String detail) {
        errors.add(new InvalidRecipient(pointer, code, detail));
    }

    private void ask(String token) {
        if (recipientValidator.accepted().isEmpty()) {
            return;
        }
        var objections = provider.check(account, order(token));
        var byRecipient = new HashMap<Integer, ValidationError>();
        for (var validationError : objections) {
            if (validationError.recipient() < 0) {
                error('/' + validationError.field(), validationError.code(), validationError.detail());
            } else {
                byRecipient.putIfAbsent(validationError.recipient(), validationError);
            }
        }
        recipientValidator.drop(byRecipient);
    }

    private SendOrder order(String token) {
        var recipients = recipientValidator.accepted().stream()
                .map(SendOrderFactory::recipient)
                .toList();
        return new SendOrder(
                token,
                null,
                Objects.requireNonNullElse(request.subject(), ""),
                text.text(),
                sendAt,
                validity(),
                request.binary(),
                recipients);
    }
}
