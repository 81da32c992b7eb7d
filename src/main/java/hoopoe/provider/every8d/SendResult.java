package hoopoe.provider.every8d;

import java.math.BigDecimal;

/** What the result text of a send says (providers.md C1.3). */
sealed interface SendResult {

    /**
     * {@code CREDIT,SENDED,COST,UNSEND,BATCH_ID}
     *
     * @param ambiguous the four-field form where {@code 4.2} may be a cost or two fields
     */
    record Taken(BigDecimal credit, int sent, BigDecimal cost, int unsent, String batch, boolean ambiguous)
            implements SendResult {}

    record Error(Every8dError error) implements SendResult {}

    /** Says no and gives a batch id: {@code -12.50,3,3,0,<guid>}, or JSON that contradicts itself. */
    record Contradiction(String batch) implements SendResult {}

    record Malformed() implements SendResult {}
}
