package hoopoe.batch.create;

import hoopoe.batch.InvalidRecipient;
import hoopoe.batch.Recipient;
import hoopoe.message.InvisibleCharacters;
import hoopoe.message.PhoneNumber;
import hoopoe.message.ReceivedIds;
import hoopoe.message.Surrogates;
import hoopoe.provider.Capabilities;
import hoopoe.provider.Capabilities.Feature;
import hoopoe.provider.SmsProvider;
import hoopoe.provider.ValidationError;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Validates the recipients of a request one by one: which can be sent to, which cannot, and why. */
final class RecipientValidator {

    private static final int LONGEST = 200;
    /** A text with placeholders may be so many times as long as the filled text. */
    private static final int WRITTEN = 4;

    private final SmsProvider provider;
    private final Capabilities capabilities;
    private final Placeholders text;
    private final int longestText;
    private final int longestWritten;
    private final @Nullable Instant sendAt;
    private final Instant now;
    private final Set<List<@Nullable Object>> seen = new HashSet<>();
    private final Set<String> answered = new HashSet<>();
    private final List<InvalidRecipient> rejected = new ArrayList<>();
    private List<Recipient> accepted = new ArrayList<>();

    /**
     * @param text default for recipients without their own
     * @param longestText in UTF-16 units
     * @param sendAt default for recipients without their own
     */
    RecipientValidator(
            SmsProvider provider,
            Capabilities capabilities,
            Placeholders text,
            int longestText,
            @Nullable Instant sendAt,
            Instant now) {
        this.provider = provider;
        this.capabilities = capabilities;
        this.text = text;
        this.longestText = longestText;
        this.longestWritten = longestWritten(capabilities);
        this.sendAt = sendAt;
        this.now = now;
    }

    /** In UTF-16 units, of any text before it is filled: the table shall store no text that cannot be sent. */
    static int longestWritten(Capabilities capabilities) {
        return capabilities.maxText() * WRITTEN;
    }

    List<Recipient> accepted() {
        return accepted;
    }

    /** In the order of the request. */
    List<InvalidRecipient> rejected() {
        return rejected;
    }

    void add(int n, BatchRequest.RequestedRecipient requestedRecipient) {
        var number = requestedRecipient.to() == null
                ? null
                : provider.number(requestedRecipient.to()).orElse(null);
        if (number == null) {
            reject(n, "/to", "invalid_number", "This is not a number that can be sent to.");
            return;
        }
        var recipient = recipient(n, number, requestedRecipient);
        if (recipient == null) {
            return;
        }
        if (!seen.add(same(recipient))) {
            reject(n, "", "duplicate_recipient", "An earlier recipient has the same number, text and time.");
        } else if (recipient.receivedId() != null && !answered.add(ReceivedIds.canonical(recipient.receivedId()))) {
            reject(n, "/received_id", "received_id_used", "An earlier recipient of the batch answers it.");
        } else {
            accepted.add(recipient);
        }
    }

    /** @param objections of the provider, by index in {@link #accepted} */
    void drop(Map<Integer, ValidationError> objections) {
        if (objections.isEmpty()) {
            return;
        }
        var kept = new ArrayList<Recipient>();
        for (int i = 0; i < accepted.size(); i++) {
            var validationError = objections.get(i);
            if (validationError == null) {
                kept.add(accepted.get(i));
            } else {
                reject(
                        accepted.get(i).n(),
                        '/' + validationError.field(),
                        validationError.code(),
                        validationError.detail());
            }
        }
        accepted = kept;
        rejected.sort(
                Comparator.comparingInt(one -> Integer.parseInt(one.pointer().split("/")[2])));
    }

    /** @param writer sender of a received message, where that is known */
    void answering(Function<String, Optional<PhoneNumber>> writer) {
        var objections = new HashMap<Integer, ValidationError>();
        for (int i = 0; i < accepted.size(); i++) {
            var recipient = accepted.get(i);
            var receivedId = recipient.receivedId();
            if (receivedId != null
                    && writer.apply(receivedId)
                            .filter(from -> !from.equals(recipient.number()))
                            .isPresent()) {
                objections.put(
                        i,
                        new ValidationError(
                                i, "received_id", "received_id_of_other_number", "Another number wrote this SMS."));
            }
        }
        drop(objections);
    }

    private static List<@Nullable Object> same(Recipient recipient) {
        var same = new ArrayList<@Nullable Object>();
        same.add(recipient.number());
        same.add(recipient.text());
        same.add(recipient.sendAt());
        same.add(recipient.receivedId());
        return same;
    }

    /** The first requested feature that the provider lacks, by its request member. */
    private Optional<Map.Entry<String, Feature>> lacking(BatchRequest.RequestedRecipient requestedRecipient) {
        var wished = new LinkedHashMap<String, Feature>();
        wish(wished, "text", requestedRecipient.text() != null, Feature.PERSONALISED);
        wish(wished, "variables", requestedRecipient.text() == null && !text.isPlain(), Feature.PERSONALISED);
        wish(wished, "name", given(requestedRecipient.name()) != null, Feature.NAME);
        wish(wished, "email", given(requestedRecipient.email()) != null, Feature.EMAIL);
        wish(wished, "send_at", requestedRecipient.sendAt() != null, Feature.SCHEDULE);
        wish(wished, "received_id", given(requestedRecipient.receivedId()) != null, Feature.RECEIVED_ID);
        return wished.entrySet().stream()
                .filter(wish -> !capabilities.has(wish.getValue()))
                .findFirst();
    }

    private static void wish(Map<String, Feature> wished, String member, boolean is, Feature feature) {
        if (is) {
            wished.put(member, feature);
        }
    }

    private @Nullable Recipient recipient(
            int n, PhoneNumber number, BatchRequest.RequestedRecipient requestedRecipient) {
        var lacking = lacking(requestedRecipient);
        if (lacking.isPresent()) {
            return reject(
                    n,
                    '/' + lacking.get().getKey(),
                    BatchValidator.NOT_SUPPORTED,
                    BatchValidator.cannot(lacking.get().getValue()));
        }
        var own = requestedRecipient.text() == null ? text : Placeholders.of(requestedRecipient.text());
        if (own.text().length() > longestWritten) {
            return reject(n, "/text", "text_too_long", tooLong(longestWritten));
        }
        if (own.broken().isPresent()) {
            return reject(n, "/text", "placeholder_invalid", broken(own));
        }
        var missing = own.missing(requestedRecipient.variables());
        if (missing.isPresent()) {
            return reject(n, variable(missing.get()), "variable_missing", "The text needs this variable.");
        }
        var unused = own.unused(requestedRecipient.variables());
        if (unused.isPresent()) {
            return reject(n, variable(unused.get()), "variable_unused", "The text does not name this variable.");
        }
        var filled = own.filled(requestedRecipient.variables(), longestText);
        if (InvisibleCharacters.isAll(filled)) {
            return reject(n, "/text", "text_empty", "There is no text.");
        }
        if (filled.length() > longestText) {
            return reject(n, "/text", "text_too_long", tooLong(longestText));
        }
        var time = SendTime.of(requestedRecipient.sendAt(), now);
        if (time.code() != null) {
            return reject(n, "/send_at", time.code(), time.detail());
        }
        var tooLong = tooLong(requestedRecipient);
        if (tooLong.isPresent()) {
            return reject(n, '/' + tooLong.get(), "invalid_request", "At most " + LONGEST + " characters.");
        }
        if (requestedRecipient.reference() != null && Surrogates.areTorn(requestedRecipient.reference())) {
            return reject(n, "/reference", "invalid_request", "It contains half a character.");
        }
        return new Recipient(
                n,
                number,
                filled.equals(text.text()) ? null : filled,
                given(requestedRecipient.name()),
                given(requestedRecipient.email()),
                ownTime(time),
                requestedRecipient.reference(),
                given(requestedRecipient.receivedId()),
                null);
    }

    static String broken(Placeholders text) {
        return "The braces at character " + text.broken().orElseThrow()
                + " open no {{name}}; {{{{ stands for two braces.";
    }

    /** A JSON pointer (RFC 6901). A name may have half a surrogate pair, which no response could carry. */
    private static String variable(String name) {
        var whole = new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        return "/variables/" + whole.replace("~", "~0").replace("/", "~1");
    }

    /** Where the batch has a send time, an own time is kept even if it is near: else the batch's would apply. */
    private @Nullable Instant ownTime(SendTime time) {
        var own = sendAt == null ? time.ahead(now) : time.at();
        return own == null || own.equals(sendAt) ? null : own;
    }

    static String tooLong(int longest) {
        return "At most " + longest + " UTF-16 units.";
    }

    /** The first member that is too long. */
    private static Optional<String> tooLong(BatchRequest.RequestedRecipient requestedRecipient) {
        if (isLong(requestedRecipient.reference())) {
            return Optional.of("reference");
        } else if (isLong(requestedRecipient.name())) {
            return Optional.of("name");
        } else if (isLong(requestedRecipient.email())) {
            return Optional.of("email");
        }
        return isLong(requestedRecipient.receivedId()) ? Optional.of("received_id") : Optional.empty();
    }

    private static boolean isLong(@Nullable String value) {
        return value != null && BatchValidator.length(value) > LONGEST;
    }

    private static @Nullable String given(@Nullable String value) {
        return value == null || value.isEmpty() ? null : value;
    }

    private @Nullable Recipient reject(int n, String field, String code, String detail) {
        rejected.add(new InvalidRecipient("/recipients/" + n + field, code, detail));
        return null;
    }
}
