package hoopoe.batch.admission;

import hoopoe.store.Batch;
import hoopoe.store.Rejected;
import java.util.List;

/** What became of the wish to send. */
public sealed interface AdmissionOutcome {

    /** It is stored, and will be sent; where one dispatch sufficed it has been tried already. */
    record Admitted(Batch batch, List<Rejected> rejected) implements AdmissionOutcome {}

    /** The same call made this batch before. */
    record Replayed(Batch batch) implements AdmissionOutcome {}

    /** What would be stored. */
    record DryRun(Batch batch, List<Rejected> rejected) implements AdmissionOutcome {}

    /**
     * Nothing was written.
     *
     * @param code of the problem catalogue, which knows its status
     * @param errors what is wrong and where; may be empty
     */
    record Refused(String code, String detail, List<Rejected> errors) implements AdmissionOutcome {}

    /** Nothing was written: the same call is being worked on elsewhere. */
    record Busy() implements AdmissionOutcome {}
}
