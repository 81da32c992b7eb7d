package hoopoe.store.dispatch;

import hoopoe.delivery.ProviderReference;
import hoopoe.dispatch.ClaimResult;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchState;
import hoopoe.dispatch.Lease;
import hoopoe.dispatch.Reservation;
import hoopoe.store.DueIndex;
import hoopoe.store.Keys;
import hoopoe.store.table.ConflictRetry;
import hoopoe.store.table.Table;
import hoopoe.store.table.Table.WriteResult;
import hoopoe.store.table.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Claims a dispatch: takes the right to send it, and its reservation. Before a resend it looks for callbacks that name an
 * earlier try: where there is one, that try was sent, and this one is not.
 */
final class DispatchClaim {

    private final Table table;

    DispatchClaim(Table table) {
        this.table = table;
    }

    ClaimResult claim(Dispatch seen, Reservation reservation, Instant now, Instant deadline) {
        var told = toldOf(seen, reservation);
        if (told.isPresent()) {
            return recall(seen, told.get(), now) ? new ClaimResult.Recalled() : new ClaimResult.Gone();
        }
        var lease = new Lease(
                seen.id(),
                seen.tries().resends(),
                seen.claim().fence() + 1,
                seen.claim().attempt() + 1,
                seen.lifetime().expires(),
                reservation.reference());
        var claim = DueIndex.set(DispatchWrites.at(seen.id()), deadline)
                .set(DispatchItem.STATE, DispatchState.DISPATCHING.label())
                .set(DispatchItem.FENCE, lease.fence())
                .set(DispatchItem.ATTEMPTS, lease.attempt())
                .set(DispatchItem.CLAIMED, now)
                .set(DispatchItem.DEADLINE, deadline)
                .set(DispatchItem.REFERENCE, reservation.reference())
                .when(
                        DispatchWrites.AS_SEEN,
                        DispatchState.ACCEPTED.label(),
                        seen.claim().fence())
                .attempt();
        if (seen.tries().resends() > 0) {
            // A callback about an earlier try that came meanwhile has to be read first.
            DispatchWrites.whenQuiet(claim, seen.checks().events());
        }
        if (reservation.isNothing()) {
            return table.apply(claim).done() ? new ClaimResult.Claimed(lease) : new ClaimResult.Gone();
        }
        return claim(lease, claim, reservation);
    }

    /** The reference of an earlier try that a callback named. A later callback is counted, and makes the claim fail. */
    private Optional<String> toldOf(Dispatch seen, Reservation reservation) {
        return seen.tries().references().stream()
                .filter(reference -> !table.query(
                                Keys.reference(new ProviderReference(
                                        reservation.provider(), reservation.account(), reference)),
                                Keys.EVENTS)
                        .isEmpty())
                .findFirst();
    }

    private boolean recall(Dispatch seen, String reference, Instant now) {
        return table.apply(DispatchWrites.note(DueIndex.set(DispatchWrites.at(seen.id()), now), null, null)
                        .set(DispatchItem.STATE, DispatchState.SUBMITTED.label())
                        .set(DispatchItem.REFERENCE, seen.id().isToken(reference) ? null : reference)
                        .set(DispatchItem.SUBMITTED, now)
                        .when(
                                DispatchWrites.AS_SEEN,
                                DispatchState.ACCEPTED.label(),
                                seen.claim().fence())
                        .attempt())
                .done();
    }

    private ClaimResult claim(Lease lease, Write claim, Reservation reservation) {
        var writes = new ArrayList<>(List.of(claim));
        writes.addAll(ReservationWrites.take(reservation, lease.dispatch(), lease.expires()));
        var writeResult = ConflictRetry.settle(table, () -> table.transact(writes));
        if (writeResult instanceof WriteResult.ConditionFailed conditionFailed) {
            return refused(reservation, conditionFailed);
        }
        return writeResult.done() ? new ClaimResult.Claimed(lease) : new ClaimResult.Gone();
    }

    private static ClaimResult refused(Reservation reservation, WriteResult.ConditionFailed conditionFailed) {
        if (conditionFailed.by(0)) {
            return new ClaimResult.Gone();
        }
        var used = ReservationWrites.used(reservation, conditionFailed, 1);
        return used.isEmpty() ? new ClaimResult.ReferenceTaken() : new ClaimResult.ReceivedIdsTaken(used);
    }
}
