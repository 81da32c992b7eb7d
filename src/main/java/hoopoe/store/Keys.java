package hoopoe.store;

import hoopoe.delivery.ProviderReference;
import hoopoe.message.ReplyId;
import hoopoe.platform.Sha256;
import hoopoe.store.table.Key;
import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The key of every item of the table. No key holds a secret, a text or a phone number. */
public final class Keys {

    /** Over how many partitions the dispatches of a batch are spread. */
    public static final int SHARDS = 16;

    /** Over how many partitions the replies of a day are spread. */
    public static final int REPLY_SHARDS = 4;

    public static final String EVENTS = "EVENT#";
    public static final String REF = "REF";

    /** The list of replies that have no tag. */
    public static final String RECEIVED = "FROM";

    public static final String FEED = "FEED";
    public static final String FEED_WAITING = "FEED#WAITING";

    public static final String API_KEYS = "KEYS";
    public static final String LISTENERS = "WEBHOOKS";
    public static final String LISTENER = "CALLER#";
    public static final String WEBHOOK = "WEBHOOK#";
    public static final String RELEASE = "RELEASE";
    public static final String ERASURE = "ERASURE#";
    public static final String INBOX_QUESTION = "OPEN#";
    public static final String INBOX_ASIDE = "ASIDE#";

    private Keys() {}

    public static Key batch(String batch) {
        return new Key("BATCH#" + batch, "BATCH");
    }

    public static Key totals(String batch) {
        return new Key("BATCH#" + batch, "TOTALS");
    }

    /** The partition of the {@code n}th dispatch, its recipients, its delivery report and its operator decisions. */
    public static String partition(String batch, int n) {
        return "BATCH#" + batch + '#' + n % SHARDS;
    }

    public static Key recipients(String batch, int n) {
        return new Key(partition(batch, n), "RECIPIENTS#" + padded(n));
    }

    public static Key rejected(String batch, int n) {
        return new Key(partition(batch, n), "REJECTED#" + padded(n));
    }

    public static Key dispatch(String batch, int n) {
        return new Key(partition(batch, n), "DISPATCH#" + padded(n));
    }

    public static Key report(String batch, int n) {
        return new Key(partition(batch, n), "REPORT#" + padded(n));
    }

    /** What listeners were told of the messages of a dispatch. */
    public static Key published(String batch, int n) {
        return new Key(partition(batch, n), "PUBLISHED#" + padded(n));
    }

    /** What listeners were told of an account. */
    public static Key accountPublished(String account) {
        return new Key("PUBLISHED#" + account, "ACCOUNT");
    }

    /** The partition of a reference and of the callbacks that name it. */
    public static String reference(ProviderReference providerReference) {
        return "REF#" + providerReference.provider() + '#' + providerReference.account() + '#'
                + providerReference.canonical();
    }

    public static Key ref(ProviderReference providerReference) {
        return new Key(reference(providerReference), REF);
    }

    public static Key event(ProviderReference providerReference, String identity) {
        return new Key(reference(providerReference), EVENTS + hash(identity));
    }

    public static Key session(String account) {
        return new Key("SESSION#" + account, "SESSION");
    }

    public static Key balance(String account) {
        return new Key("BALANCE#" + account, "BALANCE");
    }

    public static Key call(String caller, String method, String path, String idempotencyKey) {
        return new Key("CALL#" + caller + '#' + hash(method + '\0' + path + '\0' + idempotencyKey), "CALL");
    }

    public static Key apiKey(String id) {
        return new Key("KEY#" + id, "KEY");
    }

    /** One of a caller's slots for valid keys of a kind; the partition lists the keys of all callers. */
    public static Key apiKeySlot(String caller, String kind, int slot) {
        return new Key(API_KEYS, apiKeySlots(caller) + kind + '#' + slot);
    }

    /** The prefix of a caller's slots; null for the slots of all callers. */
    public static String apiKeySlots(@Nullable String caller) {
        return caller == null ? "CALLER#" : "CALLER#" + caller + '#';
    }

    /** A caller who has webhook endpoints; the partition lists all of them. */
    public static Key listener(String caller) {
        return new Key(LISTENERS, LISTENER + caller);
    }

    /** The partition of a caller's webhook endpoints. */
    public static String webhookEndpoints(String caller) {
        return "WEBHOOKS#" + caller;
    }

    public static Key webhookEndpoint(String caller, String id) {
        return new Key(webhookEndpoints(caller), WEBHOOK + id);
    }

    /** The partition of what became of each event at an endpoint. */
    public static String webhookDeliveries(String endpoint) {
        return WEBHOOK + endpoint;
    }

    public static Key webhookDelivery(String endpoint, String event) {
        return new Key(webhookDeliveries(endpoint), event);
    }

    /** There while what is parked for an endpoint is freed. */
    public static Key webhookRelease(String endpoint) {
        return new Key(webhookDeliveries(endpoint), RELEASE);
    }

    /** The list of the deliveries that wait for an endpoint to answer again. */
    public static String parked(String endpoint) {
        return "PARKED#" + endpoint;
    }

    public static Key inbound(ReplyId id) {
        return new Key(inbound(id.day(), Math.floorMod(id.hash().hashCode(), REPLY_SHARDS)), id.toString());
    }

    /** A partition of the replies of a day. */
    public static String inbound(LocalDate day, int shard) {
        return "INBOUND#" + day + '#' + shard;
    }

    /** An entry of the feed of replies; its partition holds the whole feed, because only one partition has an order. */
    public static Key feed(String place) {
        return new Key(FEED, place);
    }

    /** Sorts behind every place. */
    public static Key feedClock() {
        return new Key(FEED, "CLOCK");
    }

    public static Key feedFollower(String name) {
        return new Key(FEED, "TOLD#" + name);
    }

    /** An entry that has no place yet. In a partition of its own, because the feed's has only so many writes a second. */
    public static Key feedWaiting(ReplyId id, boolean late) {
        return new Key(FEED_WAITING, id + (late ? "#LATE" : ""));
    }

    public static Key quarantine(String account, LocalDate day, String raw) {
        return new Key(quarantine(account, day), hash(raw));
    }

    /** The partition of the callbacks of an account and a day that could not be read. */
    public static String quarantine(String account, LocalDate day) {
        return "QUARANTINE#" + account + '#' + day;
    }

    /** An account's inbox; its partition holds all items about emptying it. */
    public static Key inbox(String account) {
        return new Key("INBOX#" + account, "INBOX");
    }

    public static Key inboxQuestion(String account, String id) {
        return new Key(inbox(account).pk(), INBOX_QUESTION + id);
    }

    public static Key inboxLoss(String account, String id) {
        return new Key(inbox(account).pk(), "LOSS#" + id);
    }

    public static Key inboxPart(String account, String id, int n) {
        return new Key(inbox(account).pk(), "PART#" + id + '#' + n);
    }

    public static Key inboxAside(String account, String id) {
        return new Key(inbox(account).pk(), INBOX_ASIDE + id);
    }

    /** What was asked and done to forget a person. */
    public static Key erasure(String id) {
        return new Key(ERASURE + id, "ERASURE");
    }

    public static Key seen(String identity) {
        return new Key("SEEN#" + hash(identity), "SEEN");
    }

    /** @param receivedId canonical */
    public static Key receivedId(String account, String receivedId) {
        return new Key("RCV#" + account + '#' + ProviderReference.canonical(receivedId), "RCV");
    }

    public static String list(String caller, String month) {
        return "LIST#" + caller + '#' + month;
    }

    /** The list of a caller's dispatches of one recipient. @param tag of the recipient's number */
    public static String sentTo(String caller, String tag) {
        return "TO#" + caller + '#' + tag;
    }

    /** The list of a caller's other dispatches, whose recipients have to be read. */
    public static String sentToMany(String caller) {
        return "MANY#" + caller;
    }

    /** The list of the replies from one number, whoever's they are. */
    public static String receivedFrom(String tag) {
        return "FROM#" + tag;
    }

    public static String losses(String account) {
        return "LOSS#" + account;
    }

    public static String orphans(String account, LocalDate day) {
        return "ORPHAN#" + account + '#' + day;
    }

    /** One list for all accounts, because its reader reads every dispatch in it anyway. */
    public static String unconfirmed(LocalDate day) {
        return "UNCONFIRMED#" + day;
    }

    /** The prefix of the operator decisions on a dispatch. */
    public static String audits(int n) {
        return "AUDIT#" + padded(n) + '#';
    }

    public static Key audit(String batch, int n, int k) {
        return new Key(partition(batch, n), audits(n) + padded(k));
    }

    /** The partition of what messages of a day took, of all callers. */
    public static String usages(LocalDate day) {
        return "USAGE#" + day;
    }

    /** The prefix of a caller's counters in it; null for those of all callers. */
    public static String usagesOf(@Nullable String caller) {
        return caller == null ? LISTENER : LISTENER + caller + '#';
    }

    /** @param place one of several items for the same counters; the first has no number, and an account begins with a letter */
    public static Key usage(LocalDate day, String caller, int hour, String account, int place) {
        var counters = usagesOf(caller) + String.format(Locale.ROOT, "%02d", hour) + '#' + account;
        return new Key(usages(day), place == 0 ? counters : counters + '#' + place);
    }

    static String hash(String text) {
        return Sha256.hex(text, 16);
    }

    private static String padded(int n) {
        return String.format(Locale.ROOT, "%05d", n);
    }
}
