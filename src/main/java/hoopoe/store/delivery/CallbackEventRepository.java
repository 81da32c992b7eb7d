package hoopoe.store.delivery;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import hoopoe.delivery.CallbackEvent;
import hoopoe.delivery.ProviderReference;
import hoopoe.message.PhoneNumber;
import hoopoe.message.ReplyId;
import hoopoe.message.SortableTime;
import hoopoe.platform.Json;
import hoopoe.store.Attributes;
import hoopoe.store.Keys;
import hoopoe.store.delivery.DeliveryReportRows.StatusFactRow;
import hoopoe.store.table.ConflictRetry;
import hoopoe.store.table.ConflictRetry.ContentionException;
import hoopoe.store.table.Item;
import hoopoe.store.table.Key;
import hoopoe.store.table.PackedAttribute;
import hoopoe.store.table.Table;
import hoopoe.store.table.Write;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stores each callback once, under the reference that it names, also before that reference has a dispatch. Until then the
 * callback is an orphan: listed by account and day, and gone after {@link #ORPHANS_KEPT}.
 */
@ApplicationScoped
public class CallbackEventRepository {

    /** How long an orphan waits for the dispatch of its reference. */
    public static final Duration ORPHANS_KEPT = Duration.ofDays(7);

    static final String RECEIVED = "received";

    /** As the provider wrote it, as long as the callback is an orphan. */
    static final String REFERENCE = "reference";

    private static final TypeReference<EventRow> ROW = new TypeReference<>() {};

    private final Table table;
    private final Clock clock;

    public CallbackEventRepository(Table table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    /**
     * @param key of the item
     * @param orphan whether it is still listed as an orphan, and expires soon
     */
    public record Kept(Key key, CallbackEvent event, boolean orphan) {

        /** Whether the callback names this reference. */
        public boolean names(ProviderReference providerReference) {
            return key.pk().equals(Keys.reference(providerReference));
        }
    }

    /**
     * Stores a callback, unless it is stored already.
     *
     * @param identity equal for repeats of the same callback, different for all else
     * @param expires with its dispatch; null while the dispatch of the reference is unknown
     * @return false where it was stored before
     * @throws ContentionException where conflicts with other writers outlast the retries
     */
    public boolean keep(
            ProviderReference providerReference,
            String identity,
            CallbackEvent callbackEvent,
            @Nullable Instant expires) {
        return ConflictRetry.apply(table, write(providerReference, identity, callbackEvent, expires), "event");
    }

    /** All callbacks that name the reference, strongly consistent. TTL is late, so expired ones are left out. */
    public List<Kept> of(ProviderReference providerReference) {
        long now = clock.instant().getEpochSecond();
        return table.query(Keys.reference(providerReference), Keys.EVENTS).stream()
                .filter(item -> item.longNumber(Attributes.EXPIRES_AT) >= now)
                .map(item -> new Kept(item.key(), event(item), item.has(Attributes.LIST)))
                .toList();
    }

    /** Takes the phone number out of a callback. @param message the number of its message; null where that is not known */
    public void erase(Kept event, @Nullable Integer message) {
        var write = Write.update(event.key())
                .set(
                        PackedAttribute.ATTRIBUTE,
                        Json.bytes(EventRow.of(event.event().erased(message))))
                .when("attribute_exists({pk})");
        ConflictRetry.apply(table, write, "event");
    }

    static CallbackEvent event(Item item) {
        return Json.read(item.bytes(PackedAttribute.ATTRIBUTE), ROW).event();
    }

    /** Makes an orphan an ordinary callback, kept as long as its dispatch. */
    public void adopt(Kept event, Instant expires) {
        var write = Write.update(event.key())
                .remove(Attributes.LIST)
                .remove(Attributes.LIST_AT)
                .remove(REFERENCE)
                .set(Attributes.EXPIRES_AT, expires.getEpochSecond())
                .when("attribute_exists({pk})");
        ConflictRetry.apply(table, write, "event");
    }

    public Write write(
            ProviderReference providerReference,
            String identity,
            CallbackEvent callbackEvent,
            @Nullable Instant expires) {
        var now = clock.instant();
        var item = Item.of(Keys.event(providerReference, identity))
                .with(Attributes.KIND, "EVENT")
                .with(RECEIVED, now)
                .with(PackedAttribute.ATTRIBUTE, Json.bytes(EventRow.of(callbackEvent)));
        if (expires == null) {
            item.with(REFERENCE, providerReference.written().strip())
                    .with(
                            Attributes.LIST,
                            Keys.orphans(providerReference.account(), LocalDate.ofInstant(now, ZoneOffset.UTC)))
                    .with(Attributes.LIST_AT, SortableTime.of(now) + '#' + item.text(Key.SK));
        }
        var until = expires == null ? now.plus(ORPHANS_KEPT) : expires;
        return Write.put(item.with(Attributes.EXPIRES_AT, until.getEpochSecond()))
                // TTL is late: an expired item counts as deleted.
                .when("attribute_not_exists({pk}) OR {expires_at} < ?", now.getEpochSecond())
                .attempt();
    }

    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record EventRow(
            @JsonProperty("to") @Nullable PhoneNumber to,
            @JsonProperty("f") @Nullable StatusFactRow fact,
            @JsonProperty("t") @Nullable Instant sentAt,
            @JsonProperty("r") @Nullable String reply,
            @JsonProperty("n") @Nullable Integer message) {

        static EventRow of(CallbackEvent callbackEvent) {
            var statusFact = callbackEvent.fact();
            var reply = callbackEvent.reply();
            return new EventRow(
                    callbackEvent.to(),
                    statusFact == null ? null : StatusFactRow.of(statusFact),
                    callbackEvent.sentAt(),
                    reply == null ? null : reply.toString(),
                    callbackEvent.message());
        }

        CallbackEvent event() {
            return new CallbackEvent(
                    to, fact == null ? null : fact.fact(), sentAt, reply == null ? null : ReplyId.read(reply), message);
        }
    }
}
