package hoopoe.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import hoopoe.message.PhoneNumber;
import hoopoe.message.SortableTime;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What callbacks said, each once, under the reference that it names: also before anybody knows that reference. One that
 * nobody ever knows is an orphan, listed by account and day, and gone after {@link #ORPHANS_KEPT}.
 */
@ApplicationScoped
public class Events {

    /** How long an event waits for its reference. */
    public static final Duration ORPHANS_KEPT = Duration.ofDays(7);

    static final String RECEIVED = "received";

    /** As the provider wrote it, as long as nobody knows whose it is. */
    static final String REFERENCE = "reference";

    private static final TypeReference<Row> ROW = new TypeReference<>() {};

    private final Table table;
    private final Clock clock;

    public Events(Table table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    /**
     * @param key of the item
     * @param orphan still listed as one, and to be gone soon
     */
    public record Kept(Key key, Event event, boolean orphan) {

        /** Whether it names that one. */
        public boolean names(Reference reference) {
            return key.pk().equals(Keys.reference(reference));
        }
    }

    /**
     * Keeps an event, if it is not kept already.
     *
     * @param identity equal for repeats of the same callback, different for all else
     * @param expires with what it belongs to; null while nobody knows the reference
     * @return false where it was kept before
     * @throws Contended where others write the same item all the time
     */
    public boolean keep(Reference reference, String identity, Event event, @Nullable Instant expires) {
        return Insistence.apply(table, write(reference, identity, event, expires), "event");
    }

    /** All that name the reference, strongly consistent; what has expired is gone, whether or not it is still there. */
    public List<Kept> of(Reference reference) {
        long now = clock.instant().getEpochSecond();
        return table.query(Keys.reference(reference), Keys.EVENTS).stream()
                .filter(item -> item.longNumber(BatchItem.EXPIRES_AT) >= now)
                .map(item -> new Kept(item.key(), event(item), item.has(BatchItem.LIST)))
                .toList();
    }

    static Event event(Item item) {
        return Packed.unpack(item.bytes(Packed.ATTRIBUTE), ROW).event();
    }

    /** No longer an orphan: kept for as long as what it belongs to. */
    public void adopt(Kept event, Instant expires) {
        var write = Write.update(event.key())
                .remove(BatchItem.LIST)
                .remove(BatchItem.LIST_AT)
                .remove(REFERENCE)
                .set(BatchItem.EXPIRES_AT, expires.getEpochSecond())
                .when("attribute_exists({pk})");
        Insistence.apply(table, write, "event");
    }

    Write write(Reference reference, String identity, Event event, @Nullable Instant expires) {
        var now = clock.instant();
        var item = Item.of(Keys.event(reference, identity))
                .with(BatchItem.KIND, "EVENT")
                .with(RECEIVED, now)
                .with(Packed.ATTRIBUTE, Packed.pack(Row.of(event)));
        if (expires == null) {
            item.with(REFERENCE, reference.written().strip())
                    .with(BatchItem.LIST, Keys.orphans(reference.account(), LocalDate.ofInstant(now, ZoneOffset.UTC)))
                    .with(BatchItem.LIST_AT, SortableTime.of(now) + '#' + item.text(Key.SK));
        }
        var until = expires == null ? now.plus(ORPHANS_KEPT) : expires;
        return Write.put(item.with(BatchItem.EXPIRES_AT, until.getEpochSecond()))
                // TTL is late: what has expired is gone, whether or not it is still there.
                .when("attribute_not_exists({pk}) OR {expires_at} < ?", now.getEpochSecond())
                .attempt(UUID.randomUUID().toString());
    }

    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Row(
            @JsonProperty("to") @Nullable String to,
            @JsonProperty("f") @Nullable FactRow fact,
            @JsonProperty("t") @Nullable Instant sentAt,
            @JsonProperty("r") @Nullable String reply) {

        static Row of(Event event) {
            var to = event.to();
            var statusFact = event.fact();
            var reply = event.reply();
            return new Row(
                    to == null ? null : to.e164(),
                    statusFact == null ? null : FactRow.of(statusFact),
                    event.sentAt(),
                    reply == null ? null : reply.toString());
        }

        Event event() {
            return new Event(
                    to == null ? null : new PhoneNumber(to),
                    fact == null ? null : fact.fact(),
                    sentAt,
                    reply == null ? null : ReplyId.read(reply));
        }
    }
}
