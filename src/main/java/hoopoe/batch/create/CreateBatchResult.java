package hoopoe.batch.create;

import hoopoe.batch.Batch;
import hoopoe.batch.InvalidRecipient;
import java.util.List;
import java.util.stream.Collectors;

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
    record CreateRefused(String code, String detail, List<InvalidRecipient> errors) implements CreateBatchResult {

        static CreateRefused misconfigured() {
            return new CreateRefused("account_misconfigured", "The settings of the account are wrong.", List.of());
        }

        static CreateRefused of(String code, String detail, String pointer) {
            return new CreateRefused(code, detail, List.of(new InvalidRecipient(pointer, code, detail)));
        }

        /** The code that all errors share, if they share one. */
        static CreateRefused of(List<InvalidRecipient> errors) {
            var codes = errors.stream().map(InvalidRecipient::code).collect(Collectors.toSet());
            return codes.size() == 1
                    ? new CreateRefused(errors.get(0).code(), errors.get(0).detail(), errors)
                    : new CreateRefused("invalid_request", "Several members are wrong.", errors);
        }
    }

    /** Nothing was stored: another invocation works on the same request. */
    record CreateBusy() implements CreateBatchResult {}
}
