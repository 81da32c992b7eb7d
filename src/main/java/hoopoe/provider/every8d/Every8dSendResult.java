package hoopoe.provider.every8d;

import java.math.BigDecimal;

/** The result text of a send, parsed (providers.md C1.3). */
sealed interface Every8dSendResult {

    /**
     * {@code CREDIT,SENDED,COST,UNSEND,BATCH_ID}
     *
     * @param ambiguous the four-field form, in which {@code 4.2} may be a cost or two fields
     */
    record TakenByProvider(BigDecimal credit, int sent, BigDecimal cost, int unsent, String batch, boolean ambiguous)
            implements Every8dSendResult {}

    record ErrorLine(Every8dError error) implements Every8dSendResult {}

    /** A refusal with a batch id: {@code -12.50,3,3,0,<guid>}, or JSON that contradicts itself. */
    record Contradiction(String batch) implements Every8dSendResult {}

    record MalformedResult() implements Every8dSendResult {}
}
