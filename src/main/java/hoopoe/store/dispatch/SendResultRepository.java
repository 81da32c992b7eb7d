package hoopoe.store.dispatch;

import hoopoe.dispatch.DispatchState;
import hoopoe.dispatch.Lease;
import hoopoe.dispatch.Reservation;
import hoopoe.dispatch.SendResult;
import hoopoe.store.DueIndex;
import hoopoe.store.table.ConflictRetry;
import hoopoe.store.table.Table;
import hoopoe.store.table.Table.WriteResult;
import hoopoe.store.table.Write;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/** Writes the result of a send while the worker still holds the fence, and until its time is over. */
@ApplicationScoped
public class SendResultRepository {

    private static final Logger LOG = Logger.getLogger(SendResultRepository.class);

    private final Table table;

    public SendResultRepository(Table table) {
        this.table = table;
    }

    /** The result of writing an answer. */
    public enum Recorded {
        DONE,
        /** The reference belongs to another dispatch. Nothing was written. */
        REFERENCE_HELD,
        /** Another writer has changed the dispatch. Nothing was written. */
        MOVED_ON,
        /** The table did not take it in time. */
        UNWRITTEN
    }

    /** Lets the dispatch wait again and gives its reservation back, with proof that nothing was sent. */
    public Recorded release(
            Lease lease, Reservation reservation, Instant due, String code, String text, Duration patience) {
        var release = DispatchWrites.note(step(lease, DispatchState.ACCEPTED, due), code, text)
                .remove(DispatchItem.REFERENCE)
                .when(DispatchWrites.AS_SEEN, DispatchState.DISPATCHING.label(), lease.fence());
        var freed = ReservationWrites.giveBack(reservation, lease.dispatch());
        return freed.isEmpty() ? record(release, patience) : record(release, freed, patience);
    }

    /** The provider refused the dispatch for good. */
    public Recorded reject(Lease lease, Instant due, String code, String text, Duration patience) {
        var reject = DispatchWrites.certain(step(lease, DispatchState.REJECTED, due));
        DispatchWrites.note(reject, code, text)
                .when(
                        "{fence} = ? AND ({state} = ? OR {state} = ?)",
                        lease.fence(),
                        DispatchState.DISPATCHING.label(),
                        DispatchState.UNCONFIRMED.label());
        // A reference that the provider gave means that it took the messages.
        return record(lease.reference() == null ? reject.when("attribute_not_exists({reference})") : reject, patience);
    }

    /** The dispatch may have been sent, and no reference is known. */
    public Recorded unconfirm(Lease lease, Instant now, Instant due, String code, String text, Duration patience) {
        var unconfirm = DispatchWrites.doubt(step(lease, DispatchState.UNCONFIRMED, due), now);
        DispatchWrites.note(unconfirm, code, text)
                .when(DispatchWrites.AS_SEEN, DispatchState.DISPATCHING.label(), lease.fence());
        return record(unconfirm, patience);
    }

    /**
     * Writes an answer that took the messages or named a reference, whatever timeouts or an operator decision made of the
     * dispatch meanwhile, unless it was claimed again. Writing a stored answer again is a success.
     */
    public Recorded answer(Lease lease, SendResult sendResult, Instant due, Duration patience) {
        return insist(patience, new SendResultWriter(table, lease, sendResult, due)::tried);
    }

    private Recorded record(Write write, Duration patience) {
        write.attempt();
        return insist(patience, () -> recorded(table.apply(write)));
    }

    private Recorded record(Write write, List<Write> others, Duration patience) {
        var writes = new ArrayList<>(List.of(write.attempt()));
        writes.addAll(others);
        return insist(patience, () -> recorded(table.transact(writes)));
    }

    private static Optional<Recorded> recorded(WriteResult writeResult) {
        return writeResult instanceof WriteResult.Conflict
                ? Optional.empty()
                : Optional.of(writeResult.done() ? Recorded.DONE : Recorded.MOVED_ON);
    }

    /** Retries until the time is over, whatever the table does, because the provider's answer is known nowhere else. */
    private static Recorded insist(Duration limit, Supplier<Optional<Recorded>> write) {
        var failure = new AtomicReference<@Nullable SdkException>();
        return ConflictRetry.until(limit, () -> {
                    try {
                        return write.get();
                    } catch (SdkException e) {
                        failure.set(e); // like a conflict: the next try finds out whether it was written
                        return Optional.empty();
                    }
                })
                .orElseGet(() -> {
                    if (failure.get() != null) {
                        LOG.errorf(failure.get(), "how a send ended could not be written");
                    }
                    return Recorded.UNWRITTEN;
                });
    }

    private static Write step(Lease lease, DispatchState state, Instant due) {
        return DueIndex.set(DispatchWrites.at(lease.dispatch()), due)
                .set(DispatchItem.STATE, state.label())
                .remove(DispatchItem.DEADLINE);
    }
}
