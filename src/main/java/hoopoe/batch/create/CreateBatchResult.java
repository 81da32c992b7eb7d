package hoopoe.batch.create;

import hoopoe.batch.Batch;
import hoopoe.batch.InvalidRecipient;
import java.util.List;

/** The result of a request to create a batch. */
public sealed interface CreateBatchResult {

    /** Stored, and will be sent; where one dispatch suffices, a send may have been tried already. */
    record BatchCreated(Batch batch, List<InvalidRecipient> rejected) implements CreateBatchResult {}

    /** An earlier request with the same key created this batch. */
    record CreateReplayed(Batch batch) implements CreateBatchResult {}

    /** What would be stored. */
    record DryRun(Batch batch, List<InvalidRecipient> rejected) implements CreateBatchResult {}

    /**
     * Nothing was stored.
     *
     * @param code of the problem catalogue, which knows its HTTP status
     * @param errors what is wrong and where; may be empty
     */
    record CreateRefused(String code, String detail, List<InvalidRecipient> errors) implements CreateBatchResult {}

    /** Nothing was stored: another invocation works on the same request. */
    record CreateBusy() implements CreateBatchResult {}
}
