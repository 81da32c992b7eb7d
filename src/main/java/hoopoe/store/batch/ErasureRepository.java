package hoopoe.store.batch;

import hoopoe.batch.Erasure;
import hoopoe.batch.Erasure.ErasureCounts;
import hoopoe.batch.Erasure.ErasurePhase;
import hoopoe.message.PhoneNumber;
import hoopoe.store.Attributes;
import hoopoe.store.DueIndex;
import hoopoe.store.Keys;
import hoopoe.store.table.ConflictRetry;
import hoopoe.store.table.Item;
import hoopoe.store.table.Table;
import hoopoe.store.table.Write;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Stores what was asked and done to forget people. The number is there until the erasure is finished. */
@ApplicationScoped
public class ErasureRepository {

    /** How long it can be seen what was done. */
    private static final Duration KEPT = Duration.ofDays(90);

    private static final String CALLER = "caller";
    private static final String OPERATOR = "operator";
    private static final String NUMBER = "number";
    private static final String CREATED = "created";
    private static final String PHASE = "phase";
    private static final String CURSOR = "cursor";
    private static final String MESSAGES = "messages";
    private static final String REPLIES = "replies";
    private static final String CALLBACKS = "callbacks";
    private static final String DELIVERIES = "deliveries";
    private static final String REFUSED = "refused";
    private static final String FINISHED = "finished";
    private static final String REVISION = "revision";

    private final Table table;

    public ErasureRepository(Table table) {
        this.table = table;
    }

    /** Strongly consistent. */
    public Optional<Erasure> find(String id) {
        return table.get(Keys.erasure(id)).map(item -> read(id, item));
    }

    /**
     * Writes an erasure unless somebody else did since it was read.
     *
     * @param next with the revision that was read
     * @return as it is stored now; empty where somebody else wrote it
     */
    public Optional<Erasure> put(Erasure next) {
        var put = Write.put(item(next)).attempt();
        var condition = next.revision() == 0
                ? put.when("attribute_not_exists({pk})")
                : put.when("{" + REVISION + "} = ?", next.revision());
        return ConflictRetry.apply(table, condition, "erasure") ? Optional.of(next.stored()) : Optional.empty();
    }

    private static Item item(Erasure erasure) {
        var counts = erasure.counts();
        var item = Item.of(Keys.erasure(erasure.id()))
                .with(Attributes.KIND, "ERASURE")
                .with(CALLER, erasure.caller())
                .with(OPERATOR, erasure.operator() ? Boolean.TRUE : null)
                .with(NUMBER, text(erasure.number()))
                .with(CREATED, erasure.created())
                .with(PHASE, erasure.phase().label())
                .with(CURSOR, erasure.cursor())
                .with(MESSAGES, counts.messages())
                .with(REPLIES, counts.replies())
                .with(CALLBACKS, counts.callbacks())
                .with(DELIVERIES, counts.deliveries())
                .with(REFUSED, erasure.refused())
                .with(FINISHED, erasure.finished())
                .with(REVISION, erasure.revision() + 1)
                .with(Attributes.EXPIRES_AT, erasure.created().plus(KEPT).getEpochSecond());
        return DueIndex.with(item, erasure.due());
    }

    private static @Nullable String text(@Nullable PhoneNumber number) {
        return number == null ? null : number.e164();
    }

    private static Erasure read(String id, Item item) {
        return new Erasure(
                id,
                item.text(CALLER),
                item.flag(OPERATOR),
                item.find(NUMBER).map(PhoneNumber::new).orElse(null),
                item.requiredInstant(CREATED),
                ErasurePhase.of(item.text(PHASE)),
                item.text(CURSOR),
                new ErasureCounts(
                        item.number(MESSAGES), item.number(REPLIES), item.number(CALLBACKS), item.number(DELIVERIES)),
                item.texts(REFUSED),
                DueIndex.of(item),
                item.instant(FINISHED),
                item.number(REVISION));
    }
}
