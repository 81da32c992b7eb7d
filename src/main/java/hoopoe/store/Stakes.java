package hoopoe.store;

import hoopoe.store.Table.Written;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The writes that take a stake, and those that give back what may be taken again. */
final class Stakes {

    private Stakes() {}

    /** First the reference, where there is one; then the received ids in their order. */
    static List<Write> take(Stake stake, DispatchId dispatch, Instant expires) {
        var writes = new ArrayList<Write>();
        if (stake.reference() != null) {
            var key = Keys.ref(new Reference(stake.provider(), stake.account(), stake.reference()));
            writes.add(References.own(key, dispatch, expires));
        }
        stake.receivedIds().forEach(id -> writes.add(ReceivedIdWrites.take(stake.account(), id, dispatch)));
        return writes;
    }

    /** Only with proof that nothing was sent. The reference stays: nobody else will ever want it. */
    static List<Write> giveBack(Stake stake, DispatchId dispatch) {
        return stake.receivedIds().stream()
                .map(id -> ReceivedIdWrites.free(stake.account(), id, dispatch))
                .toList();
    }

    /** Which received ids another dispatch holds, after a transaction that has {@link #take} from that place on. */
    static List<String> used(Stake stake, Written.Refused refused, int from) {
        int first = from + (stake.reference() == null ? 0 : 1);
        var used = new ArrayList<String>();
        for (int i = 0; i < stake.receivedIds().size(); i++) {
            if (refused.by(first + i)) {
                used.add(stake.receivedIds().get(i));
            }
        }
        return used;
    }
}
