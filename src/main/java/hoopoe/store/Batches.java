package hoopoe.store;

import hoopoe.store.Table.Written;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What callers asked for. */
@ApplicationScoped
public class Batches {

    /** Where the stake of a dispatch that is claimed at once begins in the transaction. */
    private static final int STAKE = 3;

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Table table;
    private final Calls calls;

    public Batches(Table table, Clock clock) {
        this.table = table;
        this.calls = new Calls(table, clock);
    }

    /** How the storing of a batch ended. */
    public sealed interface Stored {

        /** It is there; where it has one dispatch, with it. */
        record Done() implements Stored {}

        /** Nothing was stored: an earlier call used the key. */
        record Replaced(Calls.Earlier earlier) implements Stored {}

        /** Nothing was stored: what it answers was answered before. */
        record ReceivedIdsUsed(List<String> ids) implements Stored {}

        /** Nothing was stored: the reference that we made is another dispatch's, by chance. */
        record ReferenceHeld() implements Stored {}

        /** Nothing was stored: others write the same key all the time. */
        record Busy() implements Stored {}
    }

    /** As it is now: strongly consistent. */
    public Optional<Batch> find(String id) {
        return table.get(Keys.batch(id)).map(BatchItem::read);
    }

    /**
     * Stores a batch, and with it the claim of its call. One dispatch: all of it in one transaction. More: recipients first,
     * then the batch, which stays due until {@link Dispatches#spread} is through. A crash before the transaction leaves
     * nothing but what TTL takes.
     *
     * @param due when somebody has to look whether it is spread; ignored where there is one dispatch
     */
    public Stored add(NewBatch added, Optional<Claim> claim, Instant due) {
        var expires = added.batch().expires().getEpochSecond();
        table.putAll(Recipients.rejected(added.batch().id(), added.rejected(), expires));
        if (!added.isOneDispatch()) {
            table.putAll(recipients(added, expires));
        }
        return store(added, writes(added, claim, due, UUID.randomUUID().toString()), claim);
    }

    private Stored store(NewBatch added, List<Write> writes, Optional<Claim> claim) {
        var patience = new Patience(PATIENCE);
        do {
            var written = table.transact(writes);
            if (written.done()) {
                return new Stored.Done();
            }
            var earlier = claim.flatMap(key -> calls.earlier(key, written, writes.size() - 1));
            if (earlier.isPresent()) {
                return new Stored.Replaced(earlier.get());
            }
            if (written instanceof Written.Refused refused) {
                return refused(added.stake(), refused);
            }
        } while (patience.again());
        return new Stored.Busy();
    }

    private static Stored refused(@Nullable Stake stake, Written.Refused refused) {
        if (stake == null || IntStream.range(0, STAKE).anyMatch(refused::by)) {
            throw new IllegalStateException("a new batch is there already");
        }
        var used = Stakes.used(stake, refused, STAKE);
        return used.isEmpty() ? new Stored.ReferenceHeld() : new Stored.ReceivedIdsUsed(used);
    }

    /** The claim comes last. */
    private List<Write> writes(NewBatch added, Optional<Claim> claim, Instant due, String attempt) {
        var batch = added.batch();
        var writes = new ArrayList<Write>();
        if (added.isOneDispatch()) {
            var expires = batch.expires().getEpochSecond();
            writes.add(Write.putNew(BatchItem.of(batch, null)).attempt(attempt));
            writes.add(Write.putNew(
                    Recipients.item(batch.id(), 0, added.recipients().get(0), expires)));
            writes.add(Write.putNew(DispatchItem.of(added.first())).attempt(attempt));
            if (added.stake() != null) {
                writes.addAll(Stakes.take(added.stake(), added.first().id(), batch.expires()));
            }
        } else {
            writes.add(Write.putNew(BatchItem.of(batch, due)).attempt(attempt));
        }
        claim.ifPresent(key -> writes.add(calls.write(key, batch.id(), attempt)));
        return writes;
    }

    private static List<Item> recipients(NewBatch added, long expires) {
        var items = new ArrayList<Item>();
        for (int n = 0; n < added.recipients().size(); n++) {
            items.add(Recipients.item(added.batch().id(), n, added.recipients().get(n), expires));
        }
        return items;
    }
}
