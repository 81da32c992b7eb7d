package hoopoe.store;

import hoopoe.store.Endings.Recorded;
import hoopoe.store.Table.Written;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The writing of one answer: dispatch, its reference and what the answer said of single messages in one transaction, whatever
 * the clock made of the dispatch meanwhile. Tried until it is recorded; each try is the same attempt.
 */
final class Answering {

    private final Table table;
    private final Lease lease;
    private final Answer answer;
    private final Instant due;
    private final String attempt = UUID.randomUUID().toString();

    /** What the dispatch may go by already: our reference as it stands there, or what an operator typed. */
    private @Nullable String standing;

    private boolean isTyped;

    Answering(Table table, Lease lease, Answer answer, Instant due) {
        this.table = table;
        this.lease = lease;
        this.answer = answer;
        this.due = due;
        this.standing = answer.reference();
    }

    /** @return null where it has to be tried again */
    @Nullable Recorded tried() {
        var writes = new ArrayList<>(List.of(dispatch()));
        reference().ifPresent(writes::add);
        int report = writes.size();
        report().ifPresent(writes::add);
        typed().ifPresent(writes::add);
        var written = table.transact(writes);
        if (!(written instanceof Written.Refused refused)) {
            return written.done() ? Recorded.DONE : null;
        }
        if (report == 2 && refused.by(1)) {
            return Recorded.REFERENCE_HELD;
        }
        // A report that somebody else wrote meanwhile is read again.
        return !refused.by(0) || standsOtherwise(refused) ? null : Recorded.MOVED_ON;
    }

    private Write dispatch() {
        var state = answer.sure() ? DispatchState.SUBMITTED : DispatchState.UNCONFIRMED;
        var write = Due.set(DispatchWrite.at(lease.dispatch()), due)
                .set(DispatchItem.STATE, state.label())
                .remove(DispatchItem.DEADLINE)
                .set(DispatchItem.REFERENCE, answer.reference())
                .remove(DispatchItem.REFERENCE_SAID)
                .set(DispatchItem.SUBMITTED, answer.sure() ? answer.at() : null)
                .set(DispatchItem.COST, answer.cost())
                .set(DispatchItem.UNSENT, answer.unsent())
                .when(
                        // Accepted: an operator had it sent again, and nobody has begun to.
                        "{fence} = ? AND {state} IN (?, ?, ?, ?)",
                        lease.fence(),
                        DispatchState.DISPATCHING.label(),
                        DispatchState.UNCONFIRMED.label(),
                        DispatchState.ACCEPTED.label(),
                        state.label());
        if (answer.sure()) {
            DispatchWrite.certain(write);
        } else {
            DispatchWrite.doubt(write, answer.at());
        }
        return counted(unreferenced(DispatchWrite.note(write, answer.code(), answer.text())))
                .attempt(attempt);
    }

    private Write unreferenced(Write write) {
        if (standing == null) {
            return write.when("attribute_not_exists({reference})");
        }
        return isTyped
                ? Checkups.anew(write).when("{reference} = ? AND {reference_said} = ?", standing, true)
                : write.when("attribute_not_exists({reference}) OR {reference} = ?", standing);
    }

    /** Whose it is may have it. */
    private Optional<Write> typed() {
        return Optional.ofNullable(standing)
                .filter(written -> isTyped)
                .map(written -> References.disown(
                        Keys.ref(new Reference(answer.provider(), answer.account(), written)), lease.dispatch()));
    }

    /** What the register says of all its messages is not true of all of them: lists shall know it at once. */
    private Write counted(Write write) {
        return answer.isMixed()
                ? write.set(DispatchItem.COUNTS, answer.counts()).set(DispatchItem.COUNTED_AT, answer.at())
                : write;
    }

    private Optional<Write> reference() {
        return Optional.ofNullable(answer.reference())
                .map(written -> References.own(
                        Keys.ref(new Reference(answer.provider(), answer.account(), written)),
                        lease.dispatch(),
                        lease.expires()));
    }

    private Optional<Write> report() {
        if (answer.lines().isEmpty()) {
            return Optional.empty();
        }
        var report = new Reports(table).of(lease.dispatch()).with(answer.lines());
        return Optional.of(
                Reports.put(lease.dispatch(), report, lease.expires()).attempt(attempt));
    }

    /**
     * Providers write a reference in upper case here and in lower case there: then the answer is written over that spelling.
     * Another one gives way where an operator typed it.
     *
     * @return whether the answer has to be written over something else than was tried
     */
    private boolean standsOtherwise(Written.Refused refused) {
        var mine = answer.reference();
        if (mine == null) {
            return false;
        }
        var item = refused.standing().getOrDefault(0, Optional.empty());
        var written = item.flatMap(found -> found.find(DispatchItem.REFERENCE)).orElse(mine);
        boolean same = Reference.canonical(written).equals(Reference.canonical(mine));
        boolean typed = !same
                && item.filter(found -> found.flag(DispatchItem.REFERENCE_SAID)).isPresent();
        boolean tried = written.equals(standing) && typed == isTyped;
        standing = written;
        isTyped = typed;
        return (same || typed) && !tried;
    }
}
