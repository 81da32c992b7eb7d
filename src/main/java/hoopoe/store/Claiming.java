package hoopoe.store;

import hoopoe.store.Table.Written;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes the right to send, and with it all that belongs to it. What an operator had sent again is looked at first: where
 * somebody told of an earlier try meanwhile, that one was sent, and this one is not.
 */
final class Claiming {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Table table;

    Claiming(Table table) {
        this.table = table;
    }

    Claimed claim(Dispatch seen, Stake stake, Instant now, Instant deadline) {
        var told = toldOf(seen, stake);
        if (told.isPresent()) {
            return recall(seen, told.get(), now) ? new Claimed.Recalled() : new Claimed.Gone();
        }
        var lease = new Lease(
                seen.id(),
                seen.tries().resends(),
                seen.fence() + 1,
                seen.attempt() + 1,
                seen.expires(),
                stake.reference());
        var claim = Due.set(DispatchWrite.at(seen.id()), deadline)
                .set(DispatchItem.STATE, DispatchState.DISPATCHING.label())
                .set(DispatchItem.FENCE, lease.fence())
                .set(DispatchItem.ATTEMPTS, lease.attempt())
                .set(DispatchItem.CLAIMED, now)
                .set(DispatchItem.DEADLINE, deadline)
                .set(DispatchItem.REFERENCE, stake.reference())
                .when(DispatchWrite.AS_SEEN, DispatchState.ACCEPTED.label(), seen.fence())
                .attempt(UUID.randomUUID().toString());
        if (seen.tries().resends() > 0) {
            // A word on an earlier try that came meanwhile has to be heard first.
            DispatchWrite.whenQuiet(claim, seen.events());
        }
        if (stake.isNothing()) {
            return table.apply(claim).done() ? new Claimed.Won(lease) : new Claimed.Gone();
        }
        return claim(lease, claim, stake);
    }

    /** The reference of an earlier try that a callback named; what comes after this is counted, and ends the claim. */
    private Optional<String> toldOf(Dispatch seen, Stake stake) {
        return seen.tries().references().stream()
                .filter(reference -> !table.query(
                                Keys.reference(new Reference(stake.provider(), stake.account(), reference)),
                                Keys.EVENTS)
                        .isEmpty())
                .findFirst();
    }

    private boolean recall(Dispatch seen, String reference, Instant now) {
        return table.apply(DispatchWrite.note(Due.set(DispatchWrite.at(seen.id()), now), null, null)
                        .set(DispatchItem.STATE, DispatchState.SUBMITTED.label())
                        .set(DispatchItem.REFERENCE, seen.id().isToken(reference) ? null : reference)
                        .set(DispatchItem.SUBMITTED, now)
                        .when(DispatchWrite.AS_SEEN, DispatchState.ACCEPTED.label(), seen.fence())
                        .attempt(UUID.randomUUID().toString()))
                .done();
    }

    private Claimed claim(Lease lease, Write claim, Stake stake) {
        var writes = new ArrayList<>(List.of(claim));
        writes.addAll(Stakes.take(stake, lease.dispatch(), lease.expires()));
        var patience = new Patience(PATIENCE);
        do {
            var written = table.transact(writes);
            if (written.done()) {
                return new Claimed.Won(lease);
            } else if (written instanceof Written.Refused refused) {
                return refused(stake, refused);
            }
        } while (patience.again());
        return new Claimed.Gone();
    }

    private static Claimed refused(Stake stake, Written.Refused refused) {
        if (refused.by(0)) {
            return new Claimed.Gone();
        }
        var used = Stakes.used(stake, refused, 1);
        return used.isEmpty() ? new Claimed.ReferenceHeld() : new Claimed.ReceivedIdsUsed(used);
    }
}
