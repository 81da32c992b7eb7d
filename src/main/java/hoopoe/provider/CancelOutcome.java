package hoopoe.provider;

import java.math.BigDecimal;

/** What the provider said to the wish to cancel what is scheduled under a reference. */
public sealed interface CancelOutcome {

    record CancelledMessages(int deleted, BigDecimal refunded) implements CancelOutcome {}

    /** No result: empty, already gone, already sent, or not now. Only the report can tell what became of it. */
    record NoResult(String code, String text) implements CancelOutcome {}
}
