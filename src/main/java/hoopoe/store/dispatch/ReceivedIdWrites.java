package hoopoe.store.dispatch;

import hoopoe.dispatch.DispatchId;
import hoopoe.message.ReceivedIds;
import hoopoe.store.Keys;
import hoopoe.store.batch.BatchItem;
import hoopoe.store.delivery.ReferenceRepository;
import hoopoe.store.table.Write;

/**
 * Which dispatch answers a received message. Each message is answered at most once ever: the item has no expiry, and is
 * deleted only with proof that nothing was sent.
 */
final class ReceivedIdWrites {

    private ReceivedIdWrites() {}

    /** Refused where another dispatch answers the message. */
    static Write take(String account, String receivedId, DispatchId dispatch) {
        return Write.update(Keys.receivedId(account, ReceivedIds.canonical(receivedId)))
                .set(BatchItem.KIND, "RECEIVED_ID")
                .set(ReferenceRepository.BATCH, dispatch.batch())
                .set(ReferenceRepository.N, dispatch.n())
                .when("attribute_not_exists({pk}) OR {batch} = ? AND {n} = ?", dispatch.batch(), dispatch.n());
    }

    static Write free(String account, String receivedId, DispatchId dispatch) {
        return Write.delete(Keys.receivedId(account, ReceivedIds.canonical(receivedId)))
                .when("attribute_not_exists({pk}) OR {batch} = ? AND {n} = ?", dispatch.batch(), dispatch.n());
    }
}
