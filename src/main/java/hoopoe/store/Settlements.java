package hoopoe.store;

import hoopoe.store.Table.Written;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What operators say of dispatches that nobody knows were sent, each time in one transaction: the dispatch's register, the
 * word itself, the reference where there is one, and the claim of the call.
 */
@ApplicationScoped
public class Settlements {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int DISPATCH = 0;
    private static final int THIRD = 2;

    private final Table table;
    private final Calls calls;

    public Settlements(Table table, Clock clock) {
        this.table = table;
        this.calls = new Calls(table, clock);
    }

    /**
     * It was sent.
     *
     * @param seen unconfirmed, read strongly
     * @param reference the one it goes by from now on; null where it keeps the one that it has, or none
     * @param message the number of the only message, where the reference is the provider's id of it; else null
     */
    public Settled confirm(
            Dispatch seen,
            @Nullable Reference reference,
            @Nullable Integer message,
            Audit audit,
            Optional<Claim> claim) {
        var attempt = UUID.randomUUID().toString();
        var write = settled(seen, DispatchState.SUBMITTED, audit, attempt).set(DispatchItem.SUBMITTED, audit.at());
        var writes = new ArrayList<>(List.of(write, audit(seen, audit, attempt)));
        if (reference != null) {
            write.set(DispatchItem.REFERENCE, reference.written().strip()).set(DispatchItem.REFERENCE_SAID, true);
            writes.add(References.own(Keys.ref(reference), seen.id(), seen.expires()));
            if (message != null) {
                writes.add(named(seen, message, reference).attempt(attempt));
            }
        }
        return settle(writes, claim, seen.batch(), attempt, new Settled.ReferenceHeld());
    }

    /**
     * It was not sent, and shall be: the next try. Refused where a callback was counted since the dispatch was read, and as long
     * as a check of it is under way.
     *
     * @param seen unconfirmed, read before what providers told of it
     */
    public Settled resend(Dispatch seen, Audit audit, Optional<Claim> claim) {
        var attempt = UUID.randomUUID().toString();
        var write = settled(seen, DispatchState.ACCEPTED, audit, attempt)
                .set(DispatchItem.RESENDS, seen.tries().resends() + 1)
                .set(DispatchItem.RESENT, audit.at());
        Checkups.forget(write, audit.at());
        DispatchWrite.whenQuiet(write, seen.events());
        if (seen.reference() != null) {
            write.remove(DispatchItem.REFERENCE).add(DispatchItem.EARLIER, Set.of(seen.reference()));
        }
        var untouched =
                Write.check(Keys.batch(seen.batch())).when("attribute_exists({pk}) AND attribute_not_exists({erase})");
        var writes = new ArrayList<>(List.of(write, audit(seen, audit, attempt), untouched));
        return settle(writes, claim, seen.batch(), attempt, new Settled.Erased());
    }

    private Write named(Dispatch seen, int message, Reference reference) {
        var line = Line.of(reference.written().strip());
        var report = new Reports(table).of(seen.id()).with(Map.of(message, line));
        return Reports.put(seen.id(), report, seen.expires());
    }

    /** What operators said of it, in that order. */
    public List<Audit> of(Dispatch dispatch) {
        return dispatch.tries().words() == 0
                ? List.of()
                : table.query(Keys.partition(dispatch.batch(), dispatch.n()), Keys.audits(dispatch.n())).stream()
                        .map(Settlements::audit)
                        .toList();
    }

    private static Write settled(Dispatch seen, DispatchState state, Audit audit, String attempt) {
        var write = DispatchWrite.certain(Due.set(DispatchWrite.at(seen.id()), audit.at()))
                .set(DispatchItem.STATE, state.label())
                .add(DispatchItem.WORDS, 1)
                .remove(DispatchItem.COUNTS)
                .when(DispatchWrite.AS_SEEN, DispatchState.UNCONFIRMED.label(), seen.fence());
        DispatchWrite.note(write, null, null);
        return (seen.reference() == null
                        ? write.when("attribute_not_exists({reference})")
                        : write.when("{reference} = ?", seen.reference()))
                .attempt(attempt);
    }

    /** @param third what it means where the third write does not hold; at its place there may also be the claim */
    private Settled settle(List<Write> writes, Optional<Claim> claim, String batch, String attempt, Settled third) {
        int place = writes.size();
        claim.ifPresent(key -> writes.add(calls.write(key, batch, attempt)));
        var patience = new Patience(PATIENCE);
        do {
            var written = table.transact(writes);
            if (written.done()) {
                return new Settled.Done();
            }
            var earlier = claim.flatMap(key -> calls.earlier(key, written, place));
            if (earlier.isPresent()) {
                return new Settled.Replaced(earlier.get());
            }
            if (written instanceof Written.Refused refused) {
                return place > THIRD && refused.by(THIRD) && !refused.by(DISPATCH) ? third : new Settled.Changed();
            }
        } while (patience.again());
        return new Settled.Busy();
    }

    private static Write audit(Dispatch seen, Audit audit, String attempt) {
        var key = Keys.audit(seen.batch(), seen.n(), seen.tries().words());
        return Write.putNew(Item.of(key)
                        .with(BatchItem.KIND, "AUDIT")
                        .with("at", audit.at())
                        .with("word", audit.word().name().toLowerCase(Locale.ROOT))
                        .with("since", audit.unconfirmed())
                        .with("caller", audit.caller())
                        .with("by", audit.by())
                        .with("reference", audit.reference())
                        .with("note", audit.note())
                        .with(BatchItem.EXPIRES_AT, seen.expires().getEpochSecond()))
                .attempt(attempt);
    }

    private static Audit audit(Item item) {
        return new Audit(
                BatchItem.required(item, "at"),
                Audit.Word.valueOf(item.text("word").toUpperCase(Locale.ROOT)),
                item.instant("since"),
                item.text("caller"),
                item.text("by"),
                item.textOrNull("reference"),
                item.textOrNull("note"));
    }
}
