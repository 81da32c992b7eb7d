package hoopoe.store.dispatch;

import hoopoe.delivery.ProviderReference;
import hoopoe.dispatch.DispatchId;
import hoopoe.dispatch.Reservation;
import hoopoe.message.ReceivedIds;
import hoopoe.store.Attributes;
import hoopoe.store.Keys;
import hoopoe.store.delivery.ReferenceRepository;
import hoopoe.store.table.Table.WriteResult;
import hoopoe.store.table.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The writes that take a reservation, and those that give back what may be reserved again. A received message is answered at
 * most once ever: its item has no expiry, and is deleted only with proof that nothing was sent.
 */
public final class ReservationWrites {

    private ReservationWrites() {}

    /** First the reference, where there is one; then the received ids in their order. */
    public static List<Write> take(Reservation reservation, DispatchId dispatch, Instant expires) {
        var writes = new ArrayList<Write>();
        if (reservation.reference() != null) {
            var key = Keys.ref(
                    new ProviderReference(reservation.provider(), reservation.account(), reservation.reference()));
            writes.add(ReferenceRepository.own(key, dispatch, expires));
        }
        reservation.receivedIds().forEach(id -> writes.add(takeReceivedId(reservation.account(), id, dispatch)));
        return writes;
    }

    /** Only with proof that nothing was sent. The reference stays: no other dispatch will ever need it. */
    static List<Write> giveBack(Reservation reservation, DispatchId dispatch) {
        return reservation.receivedIds().stream()
                .map(id -> freeReceivedId(reservation.account(), id, dispatch))
                .toList();
    }

    /** Which received ids another dispatch holds, after a failed transaction with {@link #take} from that place on. */
    public static List<String> used(Reservation reservation, WriteResult.ConditionFailed conditionFailed, int from) {
        int first = from + (reservation.reference() == null ? 0 : 1);
        var used = new ArrayList<String>();
        for (int i = 0; i < reservation.receivedIds().size(); i++) {
            if (conditionFailed.by(first + i)) {
                used.add(reservation.receivedIds().get(i));
            }
        }
        return used;
    }

    /** Refused where another dispatch answers the message. */
    static Write takeReceivedId(String account, String receivedId, DispatchId dispatch) {
        return Write.update(Keys.receivedId(account, ReceivedIds.canonical(receivedId)))
                .set(Attributes.KIND, "RECEIVED_ID")
                .set(ReferenceRepository.BATCH, dispatch.batch())
                .set(ReferenceRepository.N, dispatch.n())
                .when("attribute_not_exists({pk}) OR {batch} = ? AND {n} = ?", dispatch.batch(), dispatch.n());
    }

    static Write freeReceivedId(String account, String receivedId, DispatchId dispatch) {
        return Write.delete(Keys.receivedId(account, ReceivedIds.canonical(receivedId)))
                .when("attribute_not_exists({pk}) OR {batch} = ? AND {n} = ?", dispatch.batch(), dispatch.n());
    }
}
