package hoopoe.store.batch;

import hoopoe.batch.Batch;
import hoopoe.dispatch.Reservation;
import hoopoe.message.NumberTags;
import hoopoe.store.Keys;
import hoopoe.store.dispatch.DispatchItem;
import hoopoe.store.dispatch.DispatchRepository;
import hoopoe.store.dispatch.ReservationWrites;
import hoopoe.store.table.ConflictRetry;
import hoopoe.store.table.Item;
import hoopoe.store.table.Table;
import hoopoe.store.table.Table.WriteResult;
import hoopoe.store.table.Write;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Stores and reads batches. */
@ApplicationScoped
public class BatchRepository {

    /** Where the reservation of a dispatch that is claimed at once begins in the transaction. */
    private static final int STAKE = 3;

    private final Table table;
    private final IdempotencyStore idempotencyStore;
    private final NumberTags numberTags;

    public BatchRepository(Table table, IdempotencyStore idempotencyStore, NumberTags numberTags) {
        this.numberTags = numberTags;
        this.table = table;
        this.idempotencyStore = idempotencyStore;
    }

    /** The result of storing a batch. */
    public sealed interface StoreResult {

        /** The batch is stored; so is its dispatch, where it has one. */
        record BatchStored() implements StoreResult {}

        /** Nothing was stored: an earlier request used the idempotency key. */
        record StoredEarlier(IdempotencyStore.IdempotencyRecord earlier) implements StoreResult {}

        /** Nothing was stored: these received messages were answered before. */
        record ReceivedIdsUsed(List<String> ids) implements StoreResult {}

        /** Nothing was stored: the reference that we made belongs, by chance, to another dispatch. */
        record ReferenceHeld() implements StoreResult {}

        /** Nothing was stored: conflicts with other writers outlasted the retries. */
        record StoreBusy() implements StoreResult {}
    }

    /** Strongly consistent. */
    public Optional<Batch> find(String id) {
        return table.get(Keys.batch(id)).map(BatchItem::read);
    }

    /**
     * Stores a batch, and with it the idempotency key of its request. One dispatch: all of it in one transaction. More:
     * recipients first, then the batch, which stays due until {@link DispatchRepository#spread} has created all dispatches. A
     * crash before the transaction leaves only items that TTL deletes.
     *
     * @param due when the tick has to look whether all dispatches are created; ignored where there is one dispatch
     */
    public StoreResult add(NewBatch added, Optional<IdempotencyKey> claim, Instant due) {
        var expires = added.batch().lifetime().expires().getEpochSecond();
        table.putAll(RecipientRepository.rejected(added.batch().id(), added.rejected(), expires));
        if (!added.isOneDispatch()) {
            table.putAll(recipients(added));
        }
        var writes = writes(added, claim, due);
        var writeResult = ConflictRetry.settle(table, () -> table.transact(writes));
        if (writeResult.done()) {
            return new StoreResult.BatchStored();
        }
        var earlier = claim.flatMap(key -> idempotencyStore.earlier(key, writeResult, writes.size() - 1));
        if (earlier.isPresent()) {
            return new StoreResult.StoredEarlier(earlier.get());
        }
        return writeResult instanceof WriteResult.ConditionFailed conditionFailed
                ? refused(added.stake(), conditionFailed)
                : new StoreResult.StoreBusy();
    }

    private static StoreResult refused(@Nullable Reservation reservation, WriteResult.ConditionFailed conditionFailed) {
        if (reservation == null || IntStream.range(0, STAKE).anyMatch(conditionFailed::by)) {
            throw new IllegalStateException("a new batch is there already");
        }
        var used = ReservationWrites.used(reservation, conditionFailed, STAKE);
        return used.isEmpty() ? new StoreResult.ReferenceHeld() : new StoreResult.ReceivedIdsUsed(used);
    }

    /** The idempotency key comes last. */
    private List<Write> writes(NewBatch added, Optional<IdempotencyKey> claim, Instant due) {
        var batch = added.batch();
        var writes = new ArrayList<Write>();
        if (added.isOneDispatch()) {
            writes.add(Write.putNew(BatchItem.of(batch, null)).attempt());
            writes.add(Write.putNew(
                    RecipientRepository.item(batch, 0, added.recipients().get(0), numberTags)));
            writes.add(Write.putNew(DispatchItem.of(added.first())).attempt());
            if (added.stake() != null) {
                writes.addAll(ReservationWrites.take(
                        added.stake(), added.first().id(), batch.lifetime().expires()));
            }
        } else {
            writes.add(Write.putNew(BatchItem.of(batch, due)).attempt());
        }
        claim.ifPresent(key -> writes.add(idempotencyStore.write(key, batch.id())));
        return writes;
    }

    private List<Item> recipients(NewBatch added) {
        var items = new ArrayList<Item>();
        for (int n = 0; n < added.recipients().size(); n++) {
            items.add(RecipientRepository.item(
                    added.batch(), n, added.recipients().get(n), numberTags));
        }
        return items;
    }
}
