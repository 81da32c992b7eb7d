package hoopoe.store;

import hoopoe.message.Sha256;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How every item of the table is found (design.md 3). No secret, no text and no number is ever part of a key. */
final class Keys {

    /** Over how many partitions the dispatches of a batch are spread. */
    static final int SHARDS = 16;

    /** Over how many partitions the replies of a day are spread. */
    static final int REPLY_SHARDS = 4;

    static final String EVENTS = "EVENT#";
    static final String REF = "REF";

    static final String API_KEYS = "KEYS";
    static final String INBOX_QUESTION = "OPEN#";
    static final String INBOX_ASIDE = "ASIDE#";

    private Keys() {}

    static Key batch(String batch) {
        return new Key("BATCH#" + batch, "BATCH");
    }

    static Key totals(String batch) {
        return new Key("BATCH#" + batch, "TOTALS");
    }

    /** The partition of the {@code n}th dispatch, its recipients, its report and its events. */
    static String partition(String batch, int n) {
        return "BATCH#" + batch + '#' + n % SHARDS;
    }

    static Key recipients(String batch, int n) {
        return new Key(partition(batch, n), "RECIPIENTS#" + padded(n));
    }

    static Key rejected(String batch, int n) {
        return new Key(partition(batch, n), "REJECTED#" + padded(n));
    }

    static Key dispatch(String batch, int n) {
        return new Key(partition(batch, n), "DISPATCH#" + padded(n));
    }

    static Key report(String batch, int n) {
        return new Key(partition(batch, n), "REPORT#" + padded(n));
    }

    /** The partition of a reference and of the events that name it. */
    static String reference(Reference reference) {
        return "REF#" + reference.provider() + '#' + reference.account() + '#' + reference.canonical();
    }

    static Key ref(Reference reference) {
        return new Key(reference(reference), REF);
    }

    static Key event(Reference reference, String identity) {
        return new Key(reference(reference), EVENTS + hash(identity));
    }

    static Key session(String account) {
        return new Key("SESSION#" + account, "SESSION");
    }

    static Key balance(String account) {
        return new Key("BALANCE#" + account, "BALANCE");
    }

    static Key call(String caller, String method, String path, String idempotencyKey) {
        return new Key("CALL#" + caller + '#' + hash(method + '\0' + path + '\0' + idempotencyKey), "CALL");
    }

    static Key apiKey(String id) {
        return new Key("KEY#" + id, "KEY");
    }

    /** One of the places that a caller has for valid keys of a kind; the partition is the list of all callers' keys. */
    static Key apiKeySlot(String caller, String kind, int slot) {
        return new Key(API_KEYS, apiKeySlots(caller) + kind + '#' + slot);
    }

    /** What the places of a caller begin with; null for those of all. */
    static String apiKeySlots(@Nullable String caller) {
        return caller == null ? "CALLER#" : "CALLER#" + caller + '#';
    }

    static Key inbound(ReplyId id) {
        return new Key(inbound(id.day(), Math.floorMod(id.hash().hashCode(), REPLY_SHARDS)), id.toString());
    }

    /** A partition of the replies of a day. */
    static String inbound(LocalDate day, int shard) {
        return "INBOUND#" + day + '#' + shard;
    }

    /** On which days of a month there are any. */
    static Key inboundDays(YearMonth month) {
        return new Key("INBOUND", month.toString());
    }

    static Key quarantine(String account, LocalDate day, String raw) {
        return new Key("QUARANTINE#" + account + '#' + day, hash(raw));
    }

    /** The partition of all that has to do with emptying an account's inbox. */
    static Key inbox(String account) {
        return new Key("INBOX#" + account, "INBOX");
    }

    static Key inboxQuestion(String account, String id) {
        return new Key(inbox(account).pk(), INBOX_QUESTION + id);
    }

    static Key inboxLoss(String account, String id) {
        return new Key(inbox(account).pk(), "LOSS#" + id);
    }

    static Key inboxPart(String account, String id, int n) {
        return new Key(inbox(account).pk(), "PART#" + id + '#' + n);
    }

    static Key inboxAside(String account, String id) {
        return new Key(inbox(account).pk(), INBOX_ASIDE + id);
    }

    static Key seen(String identity) {
        return new Key("SEEN#" + hash(identity), "SEEN");
    }

    /** @param receivedId canonical */
    static Key receivedId(String account, String receivedId) {
        return new Key("RCV#" + account + '#' + Reference.canonical(receivedId), "RCV");
    }

    static String list(String caller, String month) {
        return "LIST#" + caller + '#' + month;
    }

    static String losses(String account) {
        return "LOSS#" + account;
    }

    static String orphans(String account, LocalDate day) {
        return "ORPHAN#" + account + '#' + day;
    }

    /** Of all accounts: who looks there reads each of them anyway. */
    static String unconfirmed(LocalDate day) {
        return "UNCONFIRMED#" + day;
    }

    /** The words of operators on a dispatch begin so. */
    static String audits(int n) {
        return "AUDIT#" + padded(n) + '#';
    }

    static Key audit(String batch, int n, int k) {
        return new Key(partition(batch, n), audits(n) + padded(k));
    }

    static String hash(String text) {
        return Sha256.hex(text, 16);
    }

    private static String padded(int n) {
        return String.format(Locale.ROOT, "%05d", n);
    }
}
