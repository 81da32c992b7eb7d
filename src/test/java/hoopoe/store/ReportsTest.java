package hoopoe.store;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.local.dynamo.LocalDynamo;
import hoopoe.message.StatusFact;
import hoopoe.message.MessageState;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReportsTest {

    private static final Instant EXPIRES = Instant.parse("2026-09-01T00:00:00Z");
    private static final DispatchId ID = new DispatchId("bat_01KJKRV5G0X9YFDG96YJC4AFBR", 0);

    private final Reports reports = new Reports(
            new Table(LocalDynamo.shared().client(), LocalDynamo.shared().createLastingTable()));

    @Test
    void areReadAsTheyWereWritten() {
        var line = Line.EMPTY
                .with(fact(MessageState.DELIVERED, "100", "arrived", "1.0"))
                .with(fact(MessageState.SUBMITTED, "0", "", null))
                .sent(Instant.parse("2026-03-01T04:00:00.123456Z"))
                .with(List.of(new ReplyId(Instant.parse("2026-03-01T04:00:00Z"), "0".repeat(32))));

        assertThat(reports.write(ID, new Report(0, Map.of(7, line), line), EXPIRES))
                .isTrue();

        assertThat(reports.of(ID)).isEqualTo(new Report(1, Map.of(7, line), line));
    }

    @Test
    void aVersionIsWrittenOverOnce() {
        var report = new Report(0, Map.of(0, Line.EMPTY.with(fact(MessageState.SUBMITTED, "0", "", null))), Line.EMPTY);

        assertThat(reports.write(ID, report, EXPIRES)).isTrue();
        assertThat(reports.write(ID, report, EXPIRES)).isFalse();
        assertThat(reports.write(ID, reports.of(ID), EXPIRES)).isTrue();
        assertThat(reports.of(ID).version()).isEqualTo(2);
    }

    @Test
    void theWinnersOfTheLargestDispatchAlwaysFit() {
        var random = new Random(3);
        var lines = new HashMap<Integer, Line>();
        for (int n = 0; n < 2000; n++) {
            var line = Line.EMPTY;
            for (int i = 0; i < 6; i++) {
                line = line.with(fact(MessageState.DELIVERED, "100", noise(random, 90), "1.0"));
            }
            for (int i = 0; i < 20; i++) {
                line = line.with(List.of(new ReplyId(EXPIRES.minusSeconds(i), noise(random, 32))));
            }
            lines.put(n, line);
        }
        var report = new Report(0, lines, Line.EMPTY);

        assertThat(ReportRows.pack(report)).hasSizeLessThanOrEqualTo(ReportRows.MOST_BYTES);
        assertThat(reports.write(ID, report, EXPIRES)).isTrue();
        var read = reports.of(ID);
        assertThat(read.lines()).hasSize(2000);
        assertThat(read.line(5).history().winner())
                .isEqualTo(report.line(5).history().winner());
        assertThat(read.line(5).history().cut()).isNotEmpty();
    }

    @Test
    void providersWordsAreCutAtAWholeCharacter() {
        var line = Line.EMPTY.with(fact(MessageState.DELIVERED, "x" + "😀".repeat(40), "x" + "😀".repeat(90), null));

        var kept = line.history().winner().orElseThrow();

        assertThat(kept.code()).isEqualTo("x" + "😀".repeat(19));
        assertThat(kept.text()).isEqualTo("x" + "😀".repeat(59));
    }

    private static String noise(Random random, int digits) {
        var hex = new BigInteger(digits * 4, random).toString(16);
        return "0".repeat(digits - hex.length()) + hex;
    }

    private static StatusFact fact(MessageState state, String code, String text, @Nullable String cost) {
        return new StatusFact(state, Instant.parse("2026-03-01T04:00:00.5Z"), code, text, cost, StatusFact.Source.REPORT);
    }
}
