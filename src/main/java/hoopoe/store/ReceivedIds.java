package hoopoe.store;

/**
 * Which dispatch answers a received message. Each is answered at most once ever: what stands here has no end, and is taken
 * away only with proof that nothing was sent.
 */
public final class ReceivedIds {

    private ReceivedIds() {}

    /** Of all ways to write it, one. */
    public static String canonical(String receivedId) {
        return receivedId.strip().replaceFirst("^0+(?=\\d)", "");
    }

    /** Refused where another dispatch has it. */
    static Write take(String account, String receivedId, DispatchId dispatch) {
        return Write.update(Keys.receivedId(account, canonical(receivedId)))
                .set(BatchItem.KIND, "RECEIVED_ID")
                .set(References.BATCH, dispatch.batch())
                .set(References.N, dispatch.n())
                .when("attribute_not_exists({pk}) OR {batch} = ? AND {n} = ?", dispatch.batch(), dispatch.n());
    }

    static Write free(String account, String receivedId, DispatchId dispatch) {
        return Write.delete(Keys.receivedId(account, canonical(receivedId)))
                .when("attribute_not_exists({pk}) OR {batch} = ? AND {n} = ?", dispatch.batch(), dispatch.n());
    }
}
