package hoopoe.store;

import hoopoe.store.Table.Written;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/** How sends ended, as who sent writes it: by his fence, and as long as he has time. */
@ApplicationScoped
public class Endings {

    private final Table table;

    public Endings(Table table) {
        this.table = table;
    }

    /** How the writing of an answer ended. */
    public enum Recorded {
        DONE,
        /** The reference is known as another dispatch's. Nothing was written. */
        REFERENCE_HELD,
        /** The dispatch has moved on without us. Nothing was written. */
        MOVED_ON,
        /** The table did not take it in time. */
        UNWRITTEN
    }

    /** Gives it back, with proof that nothing was sent. */
    public Recorded release(Lease lease, Instant due, String code, String text, Duration patience) {
        var release = DispatchWrite.note(step(lease, DispatchState.ACCEPTED, due), code, text)
                .when(DispatchWrite.AS_SEEN, DispatchState.DISPATCHING.label(), lease.fence());
        return record(release, patience);
    }

    /** The provider said no, for good. */
    public Recorded reject(Lease lease, Instant due, String code, String text, Duration patience) {
        var reject = DispatchWrite.note(step(lease, DispatchState.REJECTED, due), code, text)
                .when(
                        "{fence} = ? AND ({state} = ? OR {state} = ?) AND attribute_not_exists({reference})",
                        lease.fence(),
                        DispatchState.DISPATCHING.label(),
                        DispatchState.UNCONFIRMED.label());
        return record(reject, patience);
    }

    /** It may or may not have been sent, and no reference is known. */
    public Recorded unconfirm(Lease lease, Instant due, String code, String text, Duration patience) {
        var unconfirm = DispatchWrite.note(step(lease, DispatchState.UNCONFIRMED, due), code, text)
                .when(DispatchWrite.AS_SEEN, DispatchState.DISPATCHING.label(), lease.fence());
        return record(unconfirm, patience);
    }

    /**
     * Writes an answer that named a reference: dispatch and reference in one transaction, whatever the clock made of the
     * dispatch meanwhile. A repeat of what stands already is done.
     */
    public Recorded answer(Lease lease, Answer answer, Instant due, Duration patience) {
        var token = token();
        var standing = new String[] {answer.reference()};
        return insist(patience, () -> {
            var ref = Keys.ref(answer.provider(), answer.account(), answer.reference());
            var written = table.transact(List.of(
                    answered(lease, answer, standing[0], due).attempt(token),
                    References.own(ref, lease.dispatch(), lease.expires())));
            if (!(written instanceof Written.Refused refused)) {
                return written.done() ? Recorded.DONE : null;
            }
            if (refused.by(1)) {
                return Recorded.REFERENCE_HELD;
            }
            return sameReference(refused, answer.reference(), standing) ? null : Recorded.MOVED_ON;
        });
    }

    /** Providers write a reference in upper case here and in lower case there: then the answer is written over that spelling. */
    private static boolean sameReference(Written.Refused refused, String reference, String[] standing) {
        var other = refused.standing()
                .getOrDefault(0, Optional.empty())
                .flatMap(item -> item.find(DispatchItem.REFERENCE))
                .filter(written -> !written.equals(standing[0]))
                .filter(written -> Keys.canonical(written).equals(Keys.canonical(reference)));
        other.ifPresent(written -> standing[0] = written);
        return other.isPresent();
    }

    private static Write answered(Lease lease, Answer answer, String standing, Instant due) {
        var state = answer.sure() ? DispatchState.SUBMITTED : DispatchState.UNCONFIRMED;
        return DispatchWrite.note(step(lease, state, due), answer.code(), answer.text())
                .set(DispatchItem.REFERENCE, answer.reference())
                .set(DispatchItem.SUBMITTED, answer.sure() ? answer.at() : null)
                .set(DispatchItem.COST, answer.cost())
                .set(DispatchItem.UNSENT, answer.unsent())
                .when(
                        "{fence} = ? AND ({state} = ? OR {state} = ? OR {state} = ?)",
                        lease.fence(),
                        DispatchState.DISPATCHING.label(),
                        DispatchState.UNCONFIRMED.label(),
                        answer.sure() ? DispatchState.SUBMITTED.label() : DispatchState.UNCONFIRMED.label())
                .when("attribute_not_exists({reference}) OR {reference} = ?", standing);
    }

    private Recorded record(Write write, Duration patience) {
        write.attempt(token());
        return insist(patience, () -> {
            var written = table.apply(write);
            return written.done() ? Recorded.DONE : written instanceof Written.Refused ? Recorded.MOVED_ON : null;
        });
    }

    /** What a provider answered is known nowhere else, so it is tried until the time is over, whatever the table does. */
    private static Recorded insist(Duration limit, Supplier<@Nullable Recorded> write) {
        var patience = new Patience(limit);
        do {
            try {
                var recorded = write.get();
                if (recorded != null) {
                    return recorded;
                }
            } catch (SdkException e) {
                // as good as a conflict: the next try finds out whether it was written
                continue;
            }
        } while (patience.again());
        return Recorded.UNWRITTEN;
    }

    private static Write step(Lease lease, DispatchState state, Instant due) {
        return Due.set(DispatchWrite.at(lease.dispatch()), due)
                .set(DispatchItem.STATE, state.label())
                .remove(DispatchItem.DEADLINE);
    }

    private static String token() {
        return UUID.randomUUID().toString();
    }
}
