package hoopoe.settle;

import hoopoe.store.Batch;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of an operator's word. */
public sealed interface SettlementOutcome {

    /** @param batch as it was before; now it is not */
    record Settled(Batch batch) implements SettlementOutcome {}

    /** The same call was made before. */
    record Replayed(Batch batch) implements SettlementOutcome {}

    /**
     * Nothing was written.
     *
     * @param code of the catalogue
     * @param pause after which it will not be refused for this; null where that is not known
     */
    record Refused(String code, String detail, @Nullable Duration pause) implements SettlementOutcome {
        Refused(String code, String detail) {
            this(code, detail, null);
        }
    }
}
