package hoopoe.batch.admission;

import hoopoe.message.InvisibleCharacters;
import hoopoe.message.PhoneNumber;
import hoopoe.message.ReceivedIds;
import hoopoe.message.Surrogates;
import hoopoe.provider.Capabilities;
import hoopoe.provider.Capabilities.Feature;
import hoopoe.provider.ValidationError;
import hoopoe.provider.SmsProvider;
import hoopoe.store.Recipient;
import hoopoe.store.Rejected;
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

/** Goes through the recipients of a request one by one: who can be sent to, who cannot, and why. */
final class Entries {

    private static final int LONGEST = 200;
    /** A text with placeholders may be written so many times as long as what becomes of it. */
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
    private final List<Rejected> rejected = new ArrayList<>();
    private List<Entry> accepted = new ArrayList<>();

    /** A recipient that can be sent to. */
    record Entry(PhoneNumber to, Recipient stored) {}

    /**
     * @param text of those who have none of their own
     * @param longestText in UTF-16 units
     * @param sendAt of those who have none of their own
     */
    Entries(
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

    /** In UTF-16 units, of any text before it is filled: no item of the table is to hold what nobody can be sent. */
    static int longestWritten(Capabilities capabilities) {
        return capabilities.maxText() * WRITTEN;
    }

    List<Entry> accepted() {
        return accepted;
    }

    /** In the order of the request. */
    List<Rejected> rejected() {
        return rejected;
    }

    void add(int n, BatchRequest.Entry entry) {
        var number = entry.to() == null ? null : provider.number(entry.to()).orElse(null);
        if (number == null) {
            reject(n, "/to", "invalid_number", "This is not a number that can be sent to.");
            return;
        }
        var recipient = recipient(n, number, entry);
        if (recipient == null) {
            return;
        }
        if (!seen.add(same(recipient))) {
            reject(n, "", "duplicate_recipient", "The same number with the same text and time stands earlier.");
        } else if (recipient.receivedId() != null && !answered.add(ReceivedIds.canonical(recipient.receivedId()))) {
            reject(n, "/received_id", "received_id_used", "It is answered earlier in the batch.");
        } else {
            accepted.add(new Entry(number, recipient));
        }
    }

    /** @param objections of the provider, by place in {@link #accepted} */
    void drop(Map<Integer, ValidationError> objections) {
        if (objections.isEmpty()) {
            return;
        }
        var kept = new ArrayList<Entry>();
        for (int i = 0; i < accepted.size(); i++) {
            var validationError = objections.get(i);
            if (validationError == null) {
                kept.add(accepted.get(i));
            } else {
                reject(accepted.get(i).stored.n(), '/' + validationError.field(), validationError.code(), validationError.detail());
            }
        }
        accepted = kept;
        rejected.sort(
                Comparator.comparingInt(one -> Integer.parseInt(one.pointer().split("/")[2])));
    }

    /** @param writer of a received message, where that is known */
    void answering(Function<String, Optional<PhoneNumber>> writer) {
        var objections = new HashMap<Integer, ValidationError>();
        for (int i = 0; i < accepted.size(); i++) {
            var entry = accepted.get(i);
            var receivedId = entry.stored().receivedId();
            if (receivedId != null
                    && writer.apply(receivedId)
                            .filter(from -> !from.equals(entry.to()))
                            .isPresent()) {
                objections.put(
                        i,
                        new ValidationError(
                                i, "received_id", "received_id_of_other_number", "Another number wrote that message."));
            }
        }
        drop(objections);
    }

    private static List<@Nullable Object> same(Recipient recipient) {
        var same = new ArrayList<@Nullable Object>();
        same.add(recipient.to());
        same.add(recipient.text());
        same.add(recipient.sendAt());
        same.add(recipient.receivedId());
        return same;
    }

    /** By the member that wishes for it. */
    private Optional<Map.Entry<String, Feature>> lacking(BatchRequest.Entry entry) {
        var wished = new LinkedHashMap<String, Feature>();
        wish(wished, "text", entry.text() != null, Feature.PERSONALISED);
        wish(wished, "variables", entry.text() == null && !text.isPlain(), Feature.PERSONALISED);
        wish(wished, "name", given(entry.name()) != null, Feature.NAME);
        wish(wished, "email", given(entry.email()) != null, Feature.EMAIL);
        wish(wished, "send_at", entry.sendAt() != null, Feature.SCHEDULE);
        wish(wished, "received_id", given(entry.receivedId()) != null, Feature.RECEIVED_ID);
        return wished.entrySet().stream()
                .filter(wish -> !capabilities.has(wish.getValue()))
                .findFirst();
    }

    private static void wish(Map<String, Feature> wished, String member, boolean is, Feature feature) {
        if (is) {
            wished.put(member, feature);
        }
    }

    private @Nullable Recipient recipient(int n, PhoneNumber number, BatchRequest.Entry entry) {
        var lacking = lacking(entry);
        if (lacking.isPresent()) {
            return reject(
                    n,
                    '/' + lacking.get().getKey(),
                    Intake.NOT_SUPPORTED,
                    Intake.cannot(lacking.get().getValue()));
        }
        var own = entry.text() == null ? text : Placeholders.of(entry.text());
        if (own.text().length() > longestWritten) {
            return reject(n, "/text", "text_too_long", tooLong(longestWritten));
        }
        if (own.broken().isPresent()) {
            return reject(n, "/text", "placeholder_invalid", broken(own));
        }
        var missing = own.missing(entry.variables());
        if (missing.isPresent()) {
            return reject(n, variable(missing.get()), "variable_missing", "The text needs this variable.");
        }
        var unused = own.unused(entry.variables());
        if (unused.isPresent()) {
            return reject(n, variable(unused.get()), "variable_unused", "The text does not name this variable.");
        }
        var filled = own.filled(entry.variables(), longestText);
        if (InvisibleCharacters.isAll(filled)) {
            return reject(n, "/text", "text_empty", "There is no text.");
        }
        if (filled.length() > longestText) {
            return reject(n, "/text", "text_too_long", tooLong(longestText));
        }
        var time = SendTime.of(entry.sendAt(), now);
        if (time.code() != null) {
            return reject(n, "/send_at", time.code(), time.detail());
        }
        var tooLong = tooLong(entry);
        if (tooLong.isPresent()) {
            return reject(n, '/' + tooLong.get(), "invalid_request", "At most " + LONGEST + " characters.");
        }
        if (entry.reference() != null && Surrogates.areTorn(entry.reference())) {
            return reject(n, "/reference", "invalid_request", "It holds half a character.");
        }
        return new Recipient(
                n,
                number.e164(),
                filled.equals(text.text()) ? null : filled,
                given(entry.name()),
                given(entry.email()),
                ownTime(time),
                entry.reference(),
                given(entry.receivedId()));
    }

    static String broken(Placeholders text) {
        return "The braces at character " + text.broken().orElseThrow()
                + " open no {{name}}; {{{{ stands for two braces.";
    }

    /** RFC 6901. A name may hold half a surrogate pair, which no answer could carry. */
    private static String variable(String name) {
        var whole = new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        return "/variables/" + whole.replace("~", "~0").replace("/", "~1");
    }

    /** Where the others wait, an own time is kept though it is near: left out, it would mean theirs. */
    private @Nullable Instant ownTime(SendTime time) {
        var own = sendAt == null ? time.ahead(now) : time.at();
        return own == null || own.equals(sendAt) ? null : own;
    }

    static String tooLong(int longest) {
        return "At most " + longest + " UTF-16 units.";
    }

    /** The first member that is. */
    private static Optional<String> tooLong(BatchRequest.Entry entry) {
        if (isLong(entry.reference())) {
            return Optional.of("reference");
        } else if (isLong(entry.name())) {
            return Optional.of("name");
        } else if (isLong(entry.email())) {
            return Optional.of("email");
        }
        return isLong(entry.receivedId()) ? Optional.of("received_id") : Optional.empty();
    }

    private static boolean isLong(@Nullable String value) {
        return value != null && Intake.length(value) > LONGEST;
    }

    private static @Nullable String given(@Nullable String value) {
        return value == null || value.isEmpty() ? null : value;
    }

    private @Nullable Recipient reject(int n, String field, String code, String detail) {
        rejected.add(new Rejected("/recipients/" + n + field, code, detail));
        return null;
    }
}
