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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
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

    /**
     * Writes the result of a send, each state under its own condition. Where the provider took the messages, or named a
     * reference that is new to us, it is written whatever timeouts or an operator decision made of the dispatch meanwhile,
     * unless it was claimed again. Writing a stored result again is a success.
     *
     * @param reservation of the claim; a dispatch that waits again gives it back
     */
    public Recorded write(Lease lease, Reservation reservation, SendResult sendResult, Duration patience) {
        if (sendResult.isTaken() || sendResult.reference() != null) {
            return insist(patience, new SendResultWriter(table, lease, reservation, sendResult)::tried);
        }
        var write = untaken(lease, sendResult).attempt();
        var freed = sendResult.state() == DispatchState.ACCEPTED
                ? ReservationWrites.giveBack(reservation, lease.dispatch())
                : List.<Write>of();
        var writes = Stream.concat(Stream.of(write), freed.stream()).toList();
        return insist(patience, () -> recorded(freed.isEmpty() ? table.apply(write) : table.transact(writes)));
    }

    /** The provider took nothing that we know of, and named no reference. */
    private static Write untaken(Lease lease, SendResult sendResult) {
        var write = DispatchWrites.note(step(lease, sendResult), sendResult.code(), sendResult.text());
        var dispatching = DispatchState.DISPATCHING.label();
        return switch (sendResult.state()) {
            case ACCEPTED ->
                write.remove(DispatchItem.REFERENCE).when(DispatchWrites.AS_SEEN, dispatching, lease.fence());
            case UNCONFIRMED ->
                DispatchWrites.doubt(write, sendResult.at()).when(DispatchWrites.AS_SEEN, dispatching, lease.fence());
            case REJECTED -> {
                DispatchWrites.certain(write)
                        .when(
                                "{fence} = ? AND ({state} = ? OR {state} = ?)",
                                lease.fence(),
                                dispatching,
                                DispatchState.UNCONFIRMED.label());
                // A reference that the provider gave means that it took the messages.
                yield lease.reference() == null ? write.when("attribute_not_exists({reference})") : write;
            }
            default -> throw new IllegalArgumentException("no result of a send: " + sendResult.state());
        };
    }

    private static Optional<Recorded> recorded(WriteResult writeResult) {
        return writeResult instanceof WriteResult.Conflict
                ? Optional.empty()
                : Optional.of(writeResult.done() ? Recorded.DONE : Recorded.MOVED_ON);
    }

    /** Retries until the time is over, whatever the table does, because the provider's answer is known nowhere else. */
    private Recorded insist(Duration limit, Supplier<Optional<Recorded>> write) {
        var failure = new AtomicReference<@Nullable SdkException>();
        return ConflictRetry.until(table, limit, () -> {
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

    static Write step(Lease lease, SendResult sendResult) {
        return DueIndex.set(DispatchWrites.at(lease.dispatch()), sendResult.due())
                .set(DispatchItem.STATE, sendResult.state().label())
                .remove(DispatchItem.DEADLINE);
    }
}
