package hoopoe.provider;

import java.math.BigDecimal;

/** The provider's answer to the request to cancel the scheduled messages of a reference. */
public sealed interface CancelOutcome {

    record CancelledMessages(int deleted, BigDecimal refunded) implements CancelOutcome {}

    /** No result: empty, already deleted, already sent, or not now. Only the report can say what happened to the messages. */
    record NoResult(String code, String text) implements CancelOutcome {}
}
