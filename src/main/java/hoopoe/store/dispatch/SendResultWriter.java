package hoopoe.store.dispatch;

import hoopoe.delivery.ProviderReference;
import hoopoe.dispatch.DispatchState;
import hoopoe.dispatch.Lease;
import hoopoe.dispatch.Reservation;
import hoopoe.dispatch.SendResult;
import hoopoe.store.Keys;
import hoopoe.store.delivery.CheckRepository;
import hoopoe.store.delivery.DeliveryReportRepository;
import hoopoe.store.delivery.ReferenceRepository;
import hoopoe.store.dispatch.SendResultRepository.Recorded;
import hoopoe.store.table.Key;
import hoopoe.store.table.Table;
import hoopoe.store.table.Table.WriteResult;
import hoopoe.store.table.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes one answer of a provider in one transaction: the dispatch, its reference and what the answer said of single messages,
 * whatever timeouts made of the dispatch meanwhile. It is tried until it is recorded; each try is the same attempt.
 */
final class SendResultWriter {

    private final Table table;
    private final Lease lease;
    private final Reservation reservation;
    private final SendResult sendResult;
    private final String attempt = UUID.randomUUID().toString();

    /** The reference that the dispatch may have already: ours as it is stored, or one that an operator typed. */
    private @Nullable String standing;

    private boolean isTyped;

    SendResultWriter(Table table, Lease lease, Reservation reservation, SendResult sendResult) {
        this.table = table;
        this.lease = lease;
        this.reservation = reservation;
        this.sendResult = sendResult;
        this.standing = sendResult.reference();
    }

    /** @return empty where the write has to be tried again */
    Optional<Recorded> tried() {
        var writes = new ArrayList<>(List.of(dispatch()));
        reference().ifPresent(writes::add);
        int report = writes.size();
        report().ifPresent(writes::add);
        typed().ifPresent(writes::add);
        var writeResult = table.transact(writes);
        if (!(writeResult instanceof WriteResult.ConditionFailed conditionFailed)) {
            return writeResult.done() ? Optional.of(Recorded.DONE) : Optional.empty();
        }
        if (report == 2 && conditionFailed.by(1)) {
            return Optional.of(Recorded.REFERENCE_HELD);
        }
        // A delivery report that another writer changed meanwhile is read again.
        return !conditionFailed.by(0) || standsOtherwise(conditionFailed)
                ? Optional.empty()
                : Optional.of(Recorded.MOVED_ON);
    }

    private Write dispatch() {
        var write = SendResultRepository.step(lease, sendResult)
                .set(DispatchItem.REFERENCE, sendResult.reference())
                .remove(DispatchItem.REFERENCE_SAID)
                .set(DispatchItem.SUBMITTED, sendResult.isTaken() ? sendResult.at() : null)
                .set(DispatchItem.COST, sendResult.cost())
                .set(DispatchItem.UNSENT, sendResult.unsent())
                .when(
                        // Accepted: an operator had it sent again, and no worker has begun to.
                        "{fence} = ? AND {state} IN (?, ?, ?, ?)",
                        lease.fence(),
                        DispatchState.DISPATCHING.label(),
                        DispatchState.UNCONFIRMED.label(),
                        DispatchState.ACCEPTED.label(),
                        sendResult.state().label());
        if (sendResult.isTaken()) {
            DispatchWrites.certain(write);
        } else {
            DispatchWrites.doubt(write, sendResult.at());
        }
        return counted(unreferenced(DispatchWrites.note(write, sendResult.code(), sendResult.text())))
                .attempt(attempt);
    }

    private Write unreferenced(Write write) {
        if (standing == null) {
            return write.when("attribute_not_exists({reference})");
        }
        return isTyped
                ? CheckRepository.anew(write).when("{reference} = ? AND {reference_said} = ?", standing, true)
                : write.when("attribute_not_exists({reference}) OR {reference} = ?", standing);
    }

    /** Frees the typed reference for the dispatch that it belongs to. */
    private Optional<Write> typed() {
        return Optional.ofNullable(standing)
                .filter(written -> isTyped)
                .map(written -> ReferenceRepository.disown(ref(written), lease.dispatch()));
    }

    /** Stores counts where the dispatch's state is not true of all its messages, so that lists show it at once. */
    private Write counted(Write write) {
        return sendResult.isMixed()
                ? write.set(DispatchItem.COUNTS, sendResult.counts()).set(DispatchItem.COUNTED_AT, sendResult.at())
                : write;
    }

    private Optional<Write> reference() {
        return Optional.ofNullable(sendResult.reference())
                .map(written -> ReferenceRepository.own(ref(written), lease.dispatch(), lease.expires()));
    }

    private Key ref(String written) {
        return Keys.ref(new ProviderReference(reservation.provider(), reservation.account(), written));
    }

    private Optional<Write> report() {
        if (sendResult.lines().isEmpty()) {
            return Optional.empty();
        }
        var deliveryReport =
                new DeliveryReportRepository(table).of(lease.dispatch()).with(sendResult.lines());
        return Optional.of(DeliveryReportRepository.put(lease.dispatch(), deliveryReport, lease.expires())
                .attempt(attempt));
    }

    /**
     * Finds the stored reference that the answer may replace: its own in another case, which providers vary, or another one
     * that an operator typed.
     *
     * @return whether the answer has to be written over another reference than was tried
     */
    private boolean standsOtherwise(WriteResult.ConditionFailed conditionFailed) {
        var mine = sendResult.reference();
        if (mine == null) {
            return false;
        }
        var item = conditionFailed.standing().getOrDefault(0, Optional.empty());
        var written = item.flatMap(found -> found.find(DispatchItem.REFERENCE)).orElse(mine);
        boolean same = ProviderReference.canonical(written).equals(ProviderReference.canonical(mine));
        boolean typed = !same
                && item.filter(found -> found.flag(DispatchItem.REFERENCE_SAID)).isPresent();
        boolean tried = written.equals(standing) && typed == isTyped;
        standing = written;
        isTyped = typed;
        return (same || typed) && !tried;
    }
}
