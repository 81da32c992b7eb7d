package hoopoe.store;

import hoopoe.store.Table.Written;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Takes the right to send, and with it all that belongs to it. */
final class Claiming {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Table table;

    Claiming(Table table) {
        this.table = table;
    }

    Claimed claim(Dispatch seen, Stake stake, Instant deadline) {
        var lease = new Lease(seen.id(), seen.fence() + 1, seen.attempt() + 1, seen.expires(), stake.reference());
        var claim = Due.set(DispatchWrite.at(seen.id()), deadline)
                .set(DispatchItem.STATE, DispatchState.DISPATCHING.label())
                .set(DispatchItem.FENCE, lease.fence())
                .set(DispatchItem.ATTEMPTS, lease.attempt())
                .set(DispatchItem.DEADLINE, deadline)
                .set(DispatchItem.REFERENCE, stake.reference())
                .when(DispatchWrite.AS_SEEN, DispatchState.ACCEPTED.label(), seen.fence())
                .attempt(UUID.randomUUID().toString());
        if (stake.isNothing()) {
            return table.apply(claim).done() ? new Claimed.Won(lease) : new Claimed.Gone();
        }
        return claim(lease, claim, stake);
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
