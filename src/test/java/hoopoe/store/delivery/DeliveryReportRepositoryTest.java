package hoopoe.store.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.delivery.DeliveryReport;
import hoopoe.dispatch.DispatchId;
import hoopoe.message.MessageReport;
import hoopoe.message.MessageState;
import hoopoe.message.ReplyId;
import hoopoe.message.StatusFact;
import hoopoe.testing.StoreFixture;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeliveryReportRepositoryTest {

    private static final Instant EXPIRES = Instant.parse("2026-09-01T00:00:00Z");
    private final StoreFixture storeFixture = new StoreFixture();
    private final DispatchId id = new DispatchId(storeFixture.batch(1).id(), 0);
    private final DeliveryReportRepository deliveryReportRepository = storeFixture.deliveryReportRepository;

    @Test
    void areReadAsTheyWereWritten() {
        var messageReport = MessageReport.EMPTY
                .with(fact(MessageState.DELIVERED, "100", "arrived", "1.0"))
                .with(fact(MessageState.SUBMITTED, "0", "", null))
                .sent(Instant.parse("2026-03-01T04:00:00.123456Z"))
                .with(List.of(new ReplyId(Instant.parse("2026-03-01T04:00:00Z"), "0".repeat(32))));

        assertThat(deliveryReportRepository.write(
                        id, new DeliveryReport(0, Map.of(7, messageReport), messageReport), 0, EXPIRES))
                .isTrue();

        assertThat(deliveryReportRepository.of(id))
                .isEqualTo(new DeliveryReport(1, Map.of(7, messageReport), messageReport));
    }

    @Test
    void aVersionIsWrittenOverOnce() {
        var deliveryReport = new DeliveryReport(
                0,
                Map.of(0, MessageReport.EMPTY.with(fact(MessageState.SUBMITTED, "0", "", null))),
                MessageReport.EMPTY);

        assertThat(deliveryReportRepository.write(id, deliveryReport, 0, EXPIRES))
                .isTrue();
        assertThat(deliveryReportRepository.write(id, deliveryReport, 0, EXPIRES))
                .isFalse();
        assertThat(deliveryReportRepository.write(id, deliveryReportRepository.of(id), 0, EXPIRES))
                .isTrue();
        assertThat(deliveryReportRepository.of(id).version()).isEqualTo(2);
    }

    @Test
    void theWinnersOfTheLargestDispatchAlwaysFit() {
        var random = new Random(3);
        var lines = new HashMap<Integer, MessageReport>();
        for (int n = 0; n < 2000; n++) {
            var messageReport = MessageReport.EMPTY;
            for (int i = 0; i < 6; i++) {
                messageReport = messageReport.with(fact(MessageState.DELIVERED, "100", noise(random, 90), "1.0"));
            }
            for (int i = 0; i < 20; i++) {
                messageReport = messageReport.with(List.of(new ReplyId(EXPIRES.minusSeconds(i), noise(random, 32))));
            }
            lines.put(n, messageReport);
        }
        var deliveryReport = new DeliveryReport(0, lines, MessageReport.EMPTY);

        assertThat(DeliveryReportRows.pack(deliveryReport)).hasSizeLessThanOrEqualTo(DeliveryReportRows.MOST_BYTES);
        assertThat(deliveryReportRepository.write(id, deliveryReport, 0, EXPIRES))
                .isTrue();
        var read = deliveryReportRepository.of(id);
        assertThat(read.lines()).hasSize(2000);
        assertThat(read.line(5).history().winner())
                .isEqualTo(deliveryReport.line(5).history().winner());
        assertThat(read.line(5).history().cut()).isNotEmpty();
    }

    @Test
    void providersWordsAreCutAtAWholeCharacter() {
        var messageReport = MessageReport.EMPTY.with(
                fact(MessageState.DELIVERED, "x" + "😀".repeat(40), "x" + "😀".repeat(90), null));

        var kept = messageReport.history().winner().orElseThrow();

        assertThat(kept.code()).isEqualTo("x" + "😀".repeat(19));
        assertThat(kept.text()).isEqualTo("x" + "😀".repeat(59));
    }

    private static String noise(Random random, int digits) {
        var hex = new BigInteger(digits * 4, random).toString(16);
        return "0".repeat(digits - hex.length()) + hex;
    }

    private static StatusFact fact(MessageState state, String code, String text, @Nullable String cost) {
        return new StatusFact(
                state, Instant.parse("2026-03-01T04:00:00.5Z"), code, text, cost, StatusFact.Source.REPORT);
    }

    @Test
    void onlyTheCheckThatHoldsTheFenceWrites() {
        assertThat(deliveryReportRepository.write(id, DeliveryReport.NONE, 1, EXPIRES))
                .isFalse();
        assertThat(deliveryReportRepository.of(id)).isEqualTo(DeliveryReport.NONE);
    }
}
