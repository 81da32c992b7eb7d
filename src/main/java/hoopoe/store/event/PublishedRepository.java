package hoopoe.store.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import hoopoe.event.PublishedStates;
import hoopoe.event.PublishedStates.PendingEvents;
import hoopoe.event.PublishedStates.PublishedState;
import hoopoe.event.PublishedStates.ShownState;
import hoopoe.platform.Json;
import hoopoe.store.Attributes;
import hoopoe.store.table.ConflictRetry;
import hoopoe.store.table.Item;
import hoopoe.store.table.PackedAttribute;
import hoopoe.store.table.Table;
import hoopoe.store.table.Write;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Stores what listeners were told of the messages of each dispatch, and of accounts. */
@ApplicationScoped
public class PublishedRepository {

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
    public PublishedStates find(PublishedKey subject) {
        return table.get(subject.key()).map(PublishedRepository::read).orElse(PublishedStates.NONE);
    }

    /**
     * Stores events that were found, before anybody is told.
     *
     * @param found made from the version that is stored
     * @return as it is stored; empty where another worker has written it since it was read
     */
    public Optional<PublishedStates> write(PublishedKey subject, PublishedStates found) {
        var next = new PublishedStates(found.version() + 1, found.states(), found.pending());
        var item = pending(
                Item.of(subject.key())
                        .with(Attributes.KIND, "PUBLISHED")
                        .with(VERSION, next.version())
                        .with(PackedAttribute.ATTRIBUTE, pack(next.states()))
                        .with(
                                Attributes.EXPIRES_AT,
                                subject.expires() == null
                                        ? null
                                        : subject.expires().getEpochSecond()),
                next.pending());
        var write = found.version() == 0 ? Write.putNew(item) : Write.put(item).when("{version} = ?", found.version());
        return Optional.of(next).filter(done -> ConflictRetry.apply(table, write.attempt(), "published"));
    }

    /**
     * Stores what sinks have taken of the pending events.
     *
     * @param owed the sinks that have not taken all, by name: how many they have; none where all have taken all
     * @return false where another worker has written it since it was read
     */
    public boolean taken(PublishedKey subject, PublishedStates told, Map<String, Integer> owed) {
        var write = Write.update(subject.key())
                .set(VERSION, told.version() + 1)
                .set(OWED, text(owed))
                .when("{version} = ?", told.version())
                .attempt();
        return ConflictRetry.apply(table, owed.isEmpty() ? write.remove(PENDING).remove(CONTENT) : write, "published");
    }

    private static Item pending(Item item, @Nullable PendingEvents pending) {
        return pending == null
                ? item
                : item.with(PENDING, pending.at())
                        .with(OWED, text(pending.owed()))
                        .with(CONTENT, pending.content());
    }

    private static PublishedStates read(Item item) {
        var states = new TreeMap<Integer, PublishedState>();
        Json.read(PackedAttribute.inflate(item.bytes(PackedAttribute.ATTRIBUTE)), ROWS)
                .forEach(row -> states.put(row.n(), row.read()));
        var at = item.instant(PENDING);
        return new PublishedStates(
                item.number(VERSION),
                states,
                at == null ? null : new PendingEvents(at, owed(item.texts(OWED)), item.flag(CONTENT)));
    }

    /** {@code bus:0}, {@code webhooks:300}. */
    private static Set<String> text(Map<String, Integer> owed) {
        return owed.entrySet().stream()
                .map(entry -> entry.getKey() + ':' + entry.getValue())
                .collect(Collectors.toSet());
    }

    private static Map<String, Integer> owed(Set<String> texts) {
        return texts.stream()
                .map(text -> text.split(":", -1))
                .collect(Collectors.toMap(parts -> parts[0], parts -> Integer.parseInt(parts[1])));
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
