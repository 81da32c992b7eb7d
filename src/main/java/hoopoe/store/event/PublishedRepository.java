package hoopoe.store.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import hoopoe.batch.Batch;
import hoopoe.event.PublishedStates;
import hoopoe.event.PublishedStates.PendingEvents;
import hoopoe.event.PublishedStates.PublishedState;
import hoopoe.event.PublishedStates.ShownState;
import hoopoe.platform.Json;
import hoopoe.store.Attributes;
import hoopoe.store.Keys;
import hoopoe.store.table.ConflictRetry;
import hoopoe.store.table.Item;
import hoopoe.store.table.PackedAttribute;
import hoopoe.store.table.Table;
import hoopoe.store.table.Write;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Stores what listeners were told of the messages of each dispatch. */
@ApplicationScoped
public class PublishedRepository {

    /** It outlives its dispatch, because TTL deletes in any order: otherwise versions could begin anew. */
    private static final Duration LONGER = Duration.ofDays(7);

    private static final String VERSION = "version";
    private static final String PENDING = "pending_at";
    private static final String OWED = "owed";
    private static final String CONTENT = "content";
    private static final TypeReference<List<PublishedRow>> ROWS = new TypeReference<>() {};

    private final Table table;

    public PublishedRepository(Table table) {
        this.table = table;
    }

    /** Strongly consistent. */
    public PublishedStates find(Batch batch, int n) {
        return table.get(Keys.published(batch.id(), n))
                .map(PublishedRepository::read)
                .orElse(PublishedStates.NONE);
    }

    /**
     * Stores events that were found, before anybody is told.
     *
     * @param found made from the version that is stored
     * @return as it is stored; empty where another worker has written it since it was read
     */
    public Optional<PublishedStates> write(Batch batch, int n, PublishedStates found) {
        var next = new PublishedStates(found.version() + 1, found.states(), found.pending());
        var item = pending(
                Item.of(Keys.published(batch.id(), n))
                        .with(Attributes.KIND, "PUBLISHED")
                        .with(VERSION, next.version())
                        .with(PackedAttribute.ATTRIBUTE, pack(next.states()))
                        .with(
                                Attributes.EXPIRES_AT,
                                batch.lifetime().expires().plus(LONGER).getEpochSecond()),
                next.pending());
        var write = found.version() == 0 ? Write.putNew(item) : Write.put(item).when("{version} = ?", found.version());
        return Optional.of(next).filter(done -> ConflictRetry.apply(table, write.attempt(), "published"));
    }

    /**
     * Stores which sinks have taken the pending events.
     *
     * @param owed names of those that have not; none where all have
     * @return false where another worker has written it since it was read
     */
    public boolean taken(Batch batch, int n, PublishedStates told, Set<String> owed) {
        var write = Write.update(Keys.published(batch.id(), n))
                .set(VERSION, told.version() + 1)
                .set(OWED, owed)
                .when("{version} = ?", told.version())
                .attempt();
        return ConflictRetry.apply(table, owed.isEmpty() ? write.remove(PENDING).remove(CONTENT) : write, "published");
    }

    private static Item pending(Item item, @Nullable PendingEvents pending) {
        return pending == null
                ? item
                : item.with(PENDING, pending.at()).with(OWED, pending.owed()).with(CONTENT, pending.content());
    }

    private static PublishedStates read(Item item) {
        var states = new TreeMap<Integer, PublishedState>();
        Json.read(PackedAttribute.inflate(item.bytes(PackedAttribute.ATTRIBUTE)), ROWS)
                .forEach(row -> states.put(row.n(), row.read()));
        var at = item.instant(PENDING);
        return new PublishedStates(
                item.number(VERSION),
                states,
                at == null ? null : new PendingEvents(at, item.texts(OWED), item.flag(CONTENT)));
    }

    private static byte[] pack(Map<Integer, PublishedState> states) {
        return PackedAttribute.deflate(Json.bytes(states.entrySet().stream()
                .map(entry -> PublishedRow.of(entry.getKey(), entry.getValue()))
                .toList()));
    }

    /** A state as it is packed; names are short, because a write is paid by the kilobyte. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record PublishedRow(
            @JsonProperty("n") int n,
            @JsonProperty("s") String state,
            @JsonProperty("c") @Nullable String code,
            @JsonProperty("a") @Nullable Instant at,
            @JsonProperty("k") @Nullable Map<String, Integer> counts,
            @JsonProperty("v") int version,
            @JsonProperty("p") @Nullable Boolean pending) {

        static PublishedRow of(int n, PublishedState told) {
            var shown = told.shown();
            return new PublishedRow(
                    n,
                    shown.state(),
                    shown.code(),
                    shown.at(),
                    shown.counts(),
                    told.version(),
                    told.pending() ? Boolean.TRUE : null);
        }

        PublishedState read() {
            return new PublishedState(
                    new ShownState(state, code, at, counts == null ? Map.of() : counts), version, pending != null);
        }
    }
}
