package hoopoe.store.batch;

import hoopoe.batch.Batch;
import hoopoe.batch.InvalidRecipient;
import hoopoe.batch.Recipient;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.Reservation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A batch and all that is stored with it.
 *
 * @param first the only dispatch, possibly claimed already; ignored where there are more
 * @param stake the reservation of its claim; null where it is not claimed
 * @param recipients of each dispatch, by its number
 */
public record NewBatch(
        Batch batch,
        Dispatch first,
        @Nullable Reservation stake,
        List<List<Recipient>> recipients,
        List<InvalidRecipient> rejected) {

    /** A batch without a claimed dispatch. */
    public NewBatch(Batch batch, Dispatch first, List<List<Recipient>> recipients, List<InvalidRecipient> rejected) {
        this(batch, first, null, recipients, rejected);
    }

    boolean isOneDispatch() {
        return recipients.size() == 1;
    }
}
