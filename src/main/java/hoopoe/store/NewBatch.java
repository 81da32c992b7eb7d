package hoopoe.store;

import java.util.List;

/**
 * A batch and all that is stored with it.
 *
 * @param first the only dispatch, possibly claimed already, where there is just one; ignored where there are more
 * @param recipients of each dispatch, by its number
 */
public record NewBatch(Batch batch, Dispatch first, List<List<Recipient>> recipients, List<Rejected> rejected) {

    boolean isOneDispatch() {
        return recipients.size() == 1;
    }
}
