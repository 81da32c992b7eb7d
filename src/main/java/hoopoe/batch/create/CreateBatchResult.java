package hoopoe.batch.create;

import hoopoe.batch.Batch;
import hoopoe.batch.InvalidRecipient;
import java.util.List;

/** What became of the wish to send. */
public sealed interface CreateBatchResult {

    /** It is stored, and will be sent; where one dispatch sufficed it has been tried already. */
    record BatchCreated(Batch batch, List<InvalidRecipient> rejected) implements CreateBatchResult {}

    /** The same call made this batch before. */
    record CreateReplayed(Batch batch) implements CreateBatchResult {}

    /** What would be stored. */
    record DryRun(Batch batch, List<InvalidRecipient> rejected) implements CreateBatchResult {}

    /**
     * Nothing was written.
     *
     * @param code of the problem catalogue, which knows its status
     * @param errors what is wrong and where; may be empty
     */
    record CreateRefused(String code, String detail, List<InvalidRecipient> errors) implements CreateBatchResult {}

    /** Nothing was written: the same call is being worked on elsewhere. */
    record CreateBusy() implements CreateBatchResult {}
}
