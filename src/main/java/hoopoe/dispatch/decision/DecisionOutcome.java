package hoopoe.dispatch.decision;

import hoopoe.batch.Batch;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The outcome of an operator decision. */
public sealed interface DecisionOutcome {

    /** @param batch as it was before the decision */
    record DecisionMade(Batch batch) implements DecisionOutcome {}

    /** An earlier request with the same key made it. */
    record DecisionReplayed(Batch batch) implements DecisionOutcome {}

    /**
     * Nothing was stored.
     *
     * @param code of the problem catalogue
     * @param pause after which it is not refused for this reason; null where that is not known
     */
    record DecisionRefused(
            String code, String detail, @Nullable Duration pause) implements DecisionOutcome {
        DecisionRefused(String code, String detail) {
            this(code, detail, null);
        }
    }
}
