package hoopoe.store;

import hoopoe.store.Table.Written;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The dispatches of batches, and every step of their register up to the provider's answer. Each step names the fence it
 * read: who comes late changes nothing.
 */
@ApplicationScoped
public class Dispatches {

    /** Provider words are kept for people, in an item of at most 1 KB. */
    private static final int WORDS = 200;

    private static final String WAITING = "{state} = ? AND {fence} = ?";

    private final Table table;

    public Dispatches(Table table) {
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

    /** As it is now: strongly consistent. */
    public Optional<Dispatch> find(String batch, int n) {
        return table.get(Keys.dispatch(batch, n)).map(DispatchItem::read);
    }

    public Optional<Dispatch> find(DispatchId id) {
        return find(id.batch(), id.n());
    }

    /** Those that exist, by number; strongly consistent, at most {@value Keys#SHARDS} queries. */
    public List<Dispatch> of(Batch batch) {
        var dispatches = new ArrayList<Dispatch>();
        for (int shard = 0; shard < Math.min(Keys.SHARDS, batch.dispatches()); shard++) {
            table.query(Keys.partition(batch.id(), shard), "DISPATCH#").stream()
                    .map(DispatchItem::read)
                    .forEach(dispatches::add);
        }
        dispatches.sort(Comparator.comparingInt(Dispatch::n));
        return dispatches;
    }

    /**
     * Creates the dispatches that a new batch still lacks, and marks it as spread.
     *
     * @param sizes messages of a dispatch, by its number; asked only for those that are missing
     * @param due when they need looking after if nobody has sent them by then
     * @return whether all are there now
     */
    public boolean spread(Batch batch, IntUnaryOperator sizes, Instant due) {
        var there = of(batch).stream().map(Dispatch::n).collect(Collectors.toCollection(HashSet::new));
        var missing = IntStream.range(0, batch.dispatches())
                .filter(n -> !there.contains(n))
                .boxed()
                .toList();
        return new Spreading(table, batch, sizes, due).finish(missing);
    }

    /**
     * Takes the right to send it.
     *
     * @param seen read strongly, before its batch was
     * @param deadline when the lease ends; the dispatch is due then
     * @return empty where it was not as seen any more
     */
    public Optional<Lease> claim(Dispatch seen, Instant deadline) {
        var lease = new Lease(seen.id(), seen.fence() + 1, seen.attempt() + 1, seen.expires());
        var claim = Due.set(at(seen.id()), deadline)
                .set(DispatchItem.STATE, DispatchState.DISPATCHING.label())
                .set(DispatchItem.FENCE, lease.fence())
                .set(DispatchItem.ATTEMPTS, lease.attempt())
                .set(DispatchItem.DEADLINE, deadline)
                .when(WAITING, DispatchState.ACCEPTED.label(), seen.fence())
                .attempt(token());
        return table.apply(claim).done() ? Optional.of(lease) : Optional.empty();
    }

    /** Leaves it waiting until {@code due}. @return whether it was as seen */
    public boolean hold(Dispatch seen, Instant due, String code, String text) {
        return table.apply(note(Due.set(at(seen.id()), due), code, text)
                        .when(WAITING, DispatchState.ACCEPTED.label(), seen.fence())
                        .attempt(token()))
                .done();
    }

    /**
     * Ends the waiting: nothing will be sent of it (cancelled, expired), or nobody may by himself (unconfirmed).
     *
     * @return whether it was as seen
     */
    public boolean end(Dispatch seen, DispatchState state, @Nullable String code, Instant due) {
        return table.apply(note(Due.set(at(seen.id()), due), code, null)
                        .set(DispatchItem.STATE, state.label())
                        .when(WAITING, DispatchState.ACCEPTED.label(), seen.fence())
                        .attempt(token()))
                .done();
    }

    /** After the end of a lease whose holder said nothing: it may have been sent. @return whether it was as seen */
    public boolean reap(Dispatch seen, Instant now) {
        return table.apply(note(Due.set(at(seen.id()), now), "lease_ended", null)
                        .set(DispatchItem.STATE, DispatchState.UNCONFIRMED.label())
                        .remove(DispatchItem.DEADLINE)
                        .when(WAITING, DispatchState.DISPATCHING.label(), seen.fence())
                        .when("{deadline} <= ?", now)
                        .attempt(token()))
                .done();
    }

    /** Gives it back, with proof that nothing was sent. */
    public Recorded release(Lease lease, Instant due, String code, String text, Duration patience) {
        var release = note(step(lease, DispatchState.ACCEPTED, due), code, text)
                .when(WAITING, DispatchState.DISPATCHING.label(), lease.fence());
        return record(release, patience);
    }

    /** The provider said no, for good. */
    public Recorded reject(Lease lease, Instant due, String code, String text, Duration patience) {
        var reject = note(step(lease, DispatchState.REJECTED, due), code, text)
                .when(
                        "{fence} = ? AND ({state} = ? OR {state} = ?) AND attribute_not_exists({reference})",
                        lease.fence(),
                        DispatchState.DISPATCHING.label(),
                        DispatchState.UNCONFIRMED.label());
        return record(reject, patience);
    }

    /** It may or may not have been sent, and no reference is known. */
    public Recorded unconfirm(Lease lease, Instant due, String code, String text, Duration patience) {
        var unconfirm = note(step(lease, DispatchState.UNCONFIRMED, due), code, text)
                .when(WAITING, DispatchState.DISPATCHING.label(), lease.fence());
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
        return note(step(lease, state, due), answer.code(), answer.text())
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
        return Due.set(at(lease.dispatch()), due)
                .set(DispatchItem.STATE, state.label())
                .remove(DispatchItem.DEADLINE);
    }

    private static Write note(Write write, @Nullable String code, @Nullable String text) {
        return write.set(DispatchItem.CODE, code)
                .set(DispatchItem.TEXT, text == null || text.isEmpty() ? null : cut(text));
    }

    private static String cut(String text) {
        return text.length() <= WORDS ? text : text.substring(0, WORDS);
    }

    private static Write at(DispatchId id) {
        return Write.update(Keys.dispatch(id.batch(), id.n()));
    }

    private static String token() {
        return UUID.randomUUID().toString();
    }
}
