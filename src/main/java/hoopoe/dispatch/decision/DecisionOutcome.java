package hoopoe.dispatch.decision;

import hoopoe.batch.Batch;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of an operator's word. */
public sealed interface DecisionOutcome {

    /** @param batch as it was before; now it is not */
    record DecisionMade(Batch batch) implements DecisionOutcome {}

    /** The same call was made before. */
    record DecisionReplayed(Batch batch) implements DecisionOutcome {}

    /**
     * Nothing was written.
     *
     * @param code of the catalogue
     * @param pause after which it will not be refused for this; null where that is not known
     */
    record DecisionRefused(
            String code, String detail, @Nullable Duration pause) implements DecisionOutcome {
        DecisionRefused(String code, String detail) {
            this(code, detail, null);
        }
    }
}
