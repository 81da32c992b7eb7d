package hoopoe.store;

import hoopoe.store.Table.Written;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/** How sends ended, as who sent writes it: by their fence, and as long as they have time. */
@ApplicationScoped
public class Endings {

    private static final Logger LOG = Logger.getLogger(Endings.class);

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

    /** Gives it back, with proof that nothing was sent, and with it what the claim took. */
    public Recorded release(Lease lease, Stake stake, Instant due, String code, String text, Duration patience) {
        var release = DispatchWrite.note(step(lease, DispatchState.ACCEPTED, due), code, text)
                .remove(DispatchItem.REFERENCE)
                .when(DispatchWrite.AS_SEEN, DispatchState.DISPATCHING.label(), lease.fence());
        var freed = Stakes.giveBack(stake, lease.dispatch());
        return freed.isEmpty() ? record(release, patience) : record(release, freed, patience);
    }

    /** The provider said no, for good. */
    public Recorded reject(Lease lease, Instant due, String code, String text, Duration patience) {
        var reject = DispatchWrite.certain(step(lease, DispatchState.REJECTED, due));
        DispatchWrite.note(reject, code, text)
                .when(
                        "{fence} = ? AND ({state} = ? OR {state} = ?)",
                        lease.fence(),
                        DispatchState.DISPATCHING.label(),
                        DispatchState.UNCONFIRMED.label());
        // One that the provider gave names what it took.
        return record(lease.reference() == null ? reject.when("attribute_not_exists({reference})") : reject, patience);
    }

    /** It may or may not have been sent, and no reference is known. */
    public Recorded unconfirm(Lease lease, Instant now, Instant due, String code, String text, Duration patience) {
        var unconfirm = DispatchWrite.doubt(step(lease, DispatchState.UNCONFIRMED, due), now);
        DispatchWrite.note(unconfirm, code, text)
                .when(DispatchWrite.AS_SEEN, DispatchState.DISPATCHING.label(), lease.fence());
        return record(unconfirm, patience);
    }

    /**
     * Writes an answer that took the messages or named a reference, whatever the clock, or an operator's word, made of the
     * dispatch meanwhile, as long as nobody has claimed it again. A repeat of what stands already is done.
     */
    public Recorded answer(Lease lease, Answer answer, Instant due, Duration patience) {
        return insist(patience, new Answering(table, lease, answer, due)::tried);
    }

    private Recorded record(Write write, Duration patience) {
        write.attempt(token());
        return insist(patience, () -> {
            var written = table.apply(write);
            return written.done() ? Recorded.DONE : written instanceof Written.Refused ? Recorded.MOVED_ON : null;
        });
    }

    private Recorded record(Write write, List<Write> others, Duration patience) {
        var writes = new ArrayList<>(List.of(write.attempt(token())));
        writes.addAll(others);
        return insist(patience, () -> {
            var written = table.transact(writes);
            return written.done() ? Recorded.DONE : written instanceof Written.Refused ? Recorded.MOVED_ON : null;
        });
    }

    /** What a provider answered is known nowhere else, so it is tried until the time is over, whatever the table does. */
    private static Recorded insist(Duration limit, Supplier<@Nullable Recorded> write) {
        var patience = new Patience(limit);
        @Nullable SdkException last = null;
        do {
            try {
                var recorded = write.get();
                if (recorded != null) {
                    return recorded;
                }
            } catch (SdkException e) {
                last = e; // as good as a conflict: the next try finds out whether it was written
            }
        } while (patience.again());
        if (last != null) {
            LOG.errorf(last, "how a send ended could not be written");
        }
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
