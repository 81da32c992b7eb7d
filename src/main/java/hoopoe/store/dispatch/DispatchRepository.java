package hoopoe.store.dispatch;

import hoopoe.batch.Batch;
import hoopoe.dispatch.ClaimResult;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchId;
import hoopoe.dispatch.DispatchState;
import hoopoe.dispatch.Reservation;
import hoopoe.store.DueIndex;
import hoopoe.store.Keys;
import hoopoe.store.table.Table;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads dispatches and changes their state, except for send results. Each change names the fence that was read, so a late
 * writer changes nothing.
 */
@ApplicationScoped
public class DispatchRepository {

    private final Table table;

    public DispatchRepository(Table table) {
        this.table = table;
    }

    /** Strongly consistent. */
    public Optional<Dispatch> find(String batch, int n) {
        return table.get(Keys.dispatch(batch, n)).map(DispatchItem::read);
    }

    public Optional<Dispatch> find(DispatchId id) {
        return find(id.batch(), id.n());
    }

    /** The dispatches that exist, by number; strongly consistent, at most {@value Keys#SHARDS} queries. */
    public List<Dispatch> of(Batch batch) {
        var dispatches = new ArrayList<Dispatch>();
        for (int shard = 0; shard < Math.min(Keys.SHARDS, batch.dispatches()); shard++) {
            table.query(Keys.partition(batch.id(), shard), "DISPATCH#").stream()
                    .map(DispatchItem::read)
                    .forEach(dispatches::add);
        }
        dispatches.sort(Comparator.comparingInt(dispatch -> dispatch.id().n()));
        return dispatches;
    }

    /**
     * Creates the missing dispatches of a new batch, and marks the batch as spread.
     *
     * @param sizes messages of a dispatch, by its number; asked only for missing dispatches
     * @param due when the tick has to look at them, unless they are sent by then
     * @return whether all exist now
     */
    public boolean spread(Batch batch, IntUnaryOperator sizes, Instant due) {
        var there =
                of(batch).stream().map(dispatch -> dispatch.id().n()).collect(Collectors.toCollection(HashSet::new));
        var missing = IntStream.range(0, batch.dispatches())
                .filter(n -> !there.contains(n))
                .boxed()
                .toList();
        return new DispatchCreation(table, batch, sizes, due).finish(missing);
    }

    /**
     * Takes the right to send the dispatch, and its reservation.
     *
     * @param seen read strongly, before its batch was
     * @param deadline when the lease ends; the dispatch is due then
     */
    public ClaimResult claim(Dispatch seen, Reservation reservation, Instant now, Instant deadline) {
        return new DispatchClaim(table).claim(seen, reservation, now, deadline);
    }

    /** Leaves the dispatch waiting until {@code due}. @return whether it was as seen */
    public boolean hold(Dispatch seen, Instant due, String code, String text) {
        return table.apply(DispatchWrites.note(DueIndex.set(DispatchWrites.at(seen.id()), due), code, text)
                        .when(
                                DispatchWrites.AS_SEEN,
                                DispatchState.ACCEPTED.label(),
                                seen.claim().fence())
                        .attempt())
                .done();
    }

    /**
     * Ends the waiting: the dispatch will not be sent (cancelled, expired), or only an operator can have it sent
     * (unconfirmed).
     *
     * @return whether it was as seen
     */
    public boolean end(Dispatch seen, DispatchState state, @Nullable String code, Instant now) {
        var end = DueIndex.set(DispatchWrites.at(seen.id()), now);
        if (state == DispatchState.UNCONFIRMED) {
            DispatchWrites.doubt(end, now);
        }
        return table.apply(DispatchWrites.note(end, code, null)
                        .set(DispatchItem.STATE, state.label())
                        .when(
                                DispatchWrites.AS_SEEN,
                                DispatchState.ACCEPTED.label(),
                                seen.claim().fence())
                        .attempt())
                .done();
    }

    /** Ends a lease that ran out without a result: the dispatch may have been sent. @return whether it was as seen */
    public boolean reap(Dispatch seen, Instant now) {
        var reap = DispatchWrites.doubt(DueIndex.set(DispatchWrites.at(seen.id()), now), now);
        return table.apply(DispatchWrites.note(reap, "lease_ended", null)
                        .set(DispatchItem.STATE, DispatchState.UNCONFIRMED.label())
                        .remove(DispatchItem.DEADLINE)
                        .when(
                                DispatchWrites.AS_SEEN,
                                DispatchState.DISPATCHING.label(),
                                seen.claim().fence())
                        .when("{deadline} <= ?", now)
                        .attempt())
                .done();
    }
}
