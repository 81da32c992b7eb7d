package hoopoe.batch;

import hoopoe.message.PhoneNumber;
import hoopoe.provider.Account;
import hoopoe.provider.Capabilities;
import hoopoe.provider.Capabilities.Feature;
import hoopoe.provider.Objection;
import hoopoe.provider.SendOrder;
import hoopoe.provider.SmsProvider;
import hoopoe.store.Recipient;
import hoopoe.store.Rejected;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Goes through a request once: what of it can be sent, what cannot, and why. Reads and writes nothing. */
final class Intake {

    private static final Duration SHORTEST_VALIDITY = Duration.ofMinutes(1);
    /** In the provider's own default. */
    private static final int LONGEST_VALIDITY = 3;

    private static final int LONGEST_REFERENCE = 200;
    private static final int LONGEST_SUBJECT = 200;

    private final SmsProvider provider;
    private final Account account;
    private final Capabilities capabilities;
    private final BatchRequest request;
    private final Instant now;
    private final Placeholders text;
    private final @Nullable Instant sendAt;

    private final List<Rejected> errors = new ArrayList<>();
    private final List<Rejected> rejected = new ArrayList<>();
    private List<Entry> accepted = new ArrayList<>();

    /** A recipient that can be sent to. */
    private record Entry(PhoneNumber to, Recipient stored) {}

    Intake(SmsProvider provider, Account account, BatchRequest request, Instant now) {
        this.provider = provider;
        this.account = account;
        this.capabilities = provider.capabilities(account);
        this.request = request;
        this.now = now;
        this.text = new Placeholders(lines(Objects.requireNonNullElse(request.text(), "")));
        var time = SendTime.of(request.sendAt(), now);
        if (time.code() != null) {
            error("/send_at", time.code(), time.detail());
        }
        this.sendAt = time.at();
    }

    /** @param token names a dispatch of it: goes out with the subject and counts for its length */
    Intake read(String token) {
        checkWhole();
        if (errors.isEmpty()) {
            readRecipients();
            ask(token);
        }
        return this;
    }

    /** What is wrong with the whole of it; the rest means nothing then. */
    List<Rejected> errors() {
        return errors;
    }

    List<Recipient> accepted() {
        return accepted.stream().map(Entry::stored).toList();
    }

    /** In the order of the request. */
    List<Rejected> rejected() {
        return rejected;
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

    Summary summary() {
        var pricing = new Pricing(provider, account);
        accepted.forEach(entry -> pricing.add(entry.to, Objects.requireNonNullElse(entry.stored.text(), text.text())));
        return pricing.summary();
    }

    // ---- the whole ----

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
        demand("/send_at", request.sendAt() != null, Feature.SCHEDULE);
        demand("/subject", request.subject() != null && !request.subject().isEmpty(), Feature.SUBJECT);
        demand("/validity_seconds", request.validitySeconds() != null, Feature.VALIDITY);
    }

    private void checkText() {
        if (text.text().isBlank() && request.recipients().stream().allMatch(entry -> entry.text() == null)) {
            error("/text", "text_empty", "There is no text.");
        } else if (text.isPlain() && text.text().length() > capabilities.maxText()) {
            error("/text", "text_too_long", tooLong());
        }
    }

    private void checkValidity() {
        var validity = validity();
        var longest = capabilities.defaultValidity().multipliedBy(LONGEST_VALIDITY);
        if (validity != null && (validity.compareTo(SHORTEST_VALIDITY) < 0 || validity.compareTo(longest) > 0)) {
            error(
                    "/validity_seconds",
                    "validity_out_of_range",
                    "From " + SHORTEST_VALIDITY.toSeconds() + " to " + longest.toSeconds() + '.');
        }
    }

    private void checkLength(String pointer, @Nullable String value, int longest) {
        if (value != null && value.length() > longest) {
            error(pointer, "invalid_request", "At most " + longest + " characters.");
        }
    }

    private void demand(String pointer, boolean wished, Feature feature) {
        if (wished && !capabilities.has(feature)) {
            error(pointer, "not_supported_by_provider", "The account's provider cannot do this.");
        }
    }

    private void error(String pointer, String code, String detail) {
        errors.add(new Rejected(pointer, code, detail));
    }

    // ---- one by one ----

    private void readRecipients() {
        Set<List<@Nullable Object>> seen = new HashSet<>();
        for (int n = 0; n < request.recipients().size(); n++) {
            var entry = request.recipients().get(n);
            var number = entry.to() == null ? null : provider.number(entry.to()).orElse(null);
            if (number == null) {
                reject(n, "/to", "invalid_number", "This is not a number that can be sent to.");
                continue;
            }
            var recipient = recipient(n, number, entry);
            if (recipient == null) {
                continue;
            }
            if (seen.add(same(recipient))) {
                accepted.add(new Entry(number, recipient));
            } else {
                reject(n, "", "duplicate_recipient", "The same number with the same text and time stands earlier.");
            }
        }
    }

    private static List<@Nullable Object> same(Recipient recipient) {
        var same = new ArrayList<@Nullable Object>();
        same.add(recipient.to());
        same.add(recipient.text());
        same.add(recipient.sendAt());
        same.add(recipient.receivedId());
        return same;
    }

    private @Nullable Recipient recipient(int n, PhoneNumber number, BatchRequest.Entry entry) {
        var own = entry.text() == null ? text : new Placeholders(lines(entry.text()));
        var missing = own.missing(entry.variables());
        if (missing.isPresent()) {
            return reject(n, "/variables/" + missing.get(), "variable_missing", "The text needs this variable.");
        }
        var filled = own.filled(entry.variables());
        if (filled.isBlank()) {
            return reject(n, "/text", "text_empty", "There is no text.");
        }
        if (filled.length() > capabilities.maxText()) {
            return reject(n, "/text", "text_too_long", tooLong());
        }
        var time = SendTime.of(entry.sendAt(), now);
        if (time.code() != null) {
            return reject(n, "/send_at", time.code(), time.detail());
        }
        if (isLong(entry.reference()) || isLong(entry.name()) || isLong(entry.email()) || isLong(entry.receivedId())) {
            return reject(n, "", "invalid_request", "At most " + LONGEST_REFERENCE + " characters in each.");
        }
        return new Recipient(
                n,
                number.e164(),
                filled.equals(text.text()) ? null : filled,
                given(entry.name()),
                given(entry.email()),
                time.at() == null || time.at().equals(sendAt) ? null : time.at(),
                entry.reference(),
                given(entry.receivedId()));
    }

    private static boolean isLong(@Nullable String value) {
        return value != null && value.length() > LONGEST_REFERENCE;
    }

    private static @Nullable String given(@Nullable String value) {
        return value == null || value.isEmpty() ? null : value;
    }

    private @Nullable Recipient reject(int n, String field, String code, String detail) {
        rejected.add(new Rejected("/recipients/" + n + field, code, detail));
        return null;
    }

    // ---- what the provider says to it ----

    private void ask(String token) {
        if (accepted.isEmpty()) {
            return;
        }
        var objections = provider.check(account, order(token));
        var byRecipient = new HashMap<Integer, Objection>();
        for (var objection : objections) {
            if (objection.recipient() < 0) {
                error('/' + objection.field(), objection.code(), objection.detail());
            } else {
                byRecipient.putIfAbsent(objection.recipient(), objection);
            }
        }
        drop(byRecipient);
    }

    private void drop(HashMap<Integer, Objection> objections) {
        if (objections.isEmpty()) {
            return;
        }
        var kept = new ArrayList<Entry>();
        for (int i = 0; i < accepted.size(); i++) {
            var objection = objections.get(i);
            if (objection == null) {
                kept.add(accepted.get(i));
            } else {
                reject(accepted.get(i).stored.n(), '/' + objection.field(), objection.code(), objection.detail());
            }
        }
        accepted = kept;
        rejected.sort(
                Comparator.comparingInt(one -> Integer.parseInt(one.pointer().split("/")[2])));
    }

    private SendOrder order(String token) {
        var recipients = accepted.stream()
                .map(entry -> Orders.recipient(entry.to, entry.stored))
                .toList();
        return new SendOrder(
                token, Objects.requireNonNullElse(request.subject(), ""), text.text(), sendAt, validity(), recipients);
    }

    private String tooLong() {
        return "At most " + capabilities.maxText() + " UTF-16 units.";
    }

    /** A handset knows one kind of line end, and it counts as one. */
    private static String lines(String text) {
        return text.replace("\r\n", "\n");
    }
}
