package hoopoe.local.every8d;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.local.stage.Fate;
import hoopoe.local.stage.Timings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ReportTest {
    private final Every8dSimulator simulator = Every8dSimulator.start();
    private final Caller caller = Caller.of(simulator);
    private String key;

    @BeforeEach
    void open() {
        simulator.account("demo", "secret");
        simulator.clock().moveTo(Instant.parse("2027-03-04T01:02:03Z"));
        key = caller.login("demo", "secret");
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    @ParameterizedTest
    @CsvSource({"901,101,0", "903,103,0", "907,100,1", "900,100,0", "345,100,0"})
    void theLastThreeDigitsGiveTheFateWithinFiveSeconds(String digits, String status, int replies) {
        String batch = Caller.batchOf(caller.send(key, "x", "+886912345" + digits));
        simulator.clock().advance(Duration.ofSeconds(5));
        Element row = row(caller.report(key, batch, "1"), 0);
        assertThat(text(row, "STATUS")).isEqualTo(status);
        assertThat(row.getElementsByTagName("REPLY_SMS").getLength()).isEqualTo(replies);
    }

    @Test
    void beforeItsReportAMessageIsWithTheCarrier() {
        simulator.timings(
                new Timings(Duration.ofHours(1), Duration.ofHours(2), Duration.ofSeconds(1), Duration.ofSeconds(1)));
        String batch = Caller.batchOf(caller.send(key, "x", "+886912345678"));
        assertThat(text(row(caller.report(key, batch, "1"), 0), "STATUS")).isEqualTo("0");
        simulator.clock().advance(Duration.ofHours(1));
        assertThat(text(row(caller.report(key, batch, ""), 0), "STATUS")).isEqualTo("100");
    }

    @Test
    void aLateOneComesAfterThirtySecondsAndANeverReportedOneNever() {
        String batch = Caller.batchOf(caller.send(key, "x", "+886912345908,+886912345909"));
        simulator.clock().advance(Duration.ofSeconds(25));
        assertThat(statuses(batch)).containsExactly("0", "0");
        simulator.clock().advance(Duration.ofSeconds(5));
        assertThat(statuses(batch)).containsExactly("100", "0");
        simulator.clock().advance(Duration.ofDays(3));
        key = caller.login("demo", "secret");
        assertThat(statuses(batch)).containsExactly("100", "0");
    }

    @Test
    void anotherFateCanBeSet() {
        simulator.fates().set("111", Fate.ending(888)).set("112", Fate.replying(Row.DELIVERED, "eins", "zwei"));
        String batch = Caller.batchOf(caller.send(key, "x", "+886912345111,+886912345112"));
        simulator.clock().advance(Duration.ofSeconds(5));
        Document report = caller.report(key, batch, "1");
        assertThat(text(row(report, 0), "STATUS")).isEqualTo("888");
        assertThat(texts(row(report, 1), "MESSAGE")).containsExactly("eins", "zwei");
    }

    @Test
    void theRealFormIsPadded() {
        String batch = Caller.batchOf(caller.send(key, "x", "+886912345678"));
        simulator.clock().moveTo(Instant.parse("2027-03-04T01:03:00Z"));
        assertThat(raw(batch, "1"))
                .isEqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?><SMS_LOG><CODE>0</CODE>"
                        + "<DESCRIPTION>發送狀態查詢成功</DESCRIPTION><GET_DELIVERY_STATUS COUNT=\"1\"><SMS><NAME></NAME>"
                        + "<MOBILE>+886912345678       </MOBILE><SENT_TIME>2027/03/04 09:02:03</SENT_TIME>"
                        + "<COST>1.00</COST><STATUS>100</STATUS></SMS></GET_DELIVERY_STATUS></SMS_LOG>");
    }

    @Test
    void theOtherFormsAreBySwitch() {
        String batch = Caller.batchOf(caller.send(key, "x", "+886912345907"));
        simulator.clock().moveTo(Instant.parse("2027-03-04T01:03:00Z"));
        simulator.switches().set(Switch.Mobile.PLAIN).set(Switch.Dates.UNPADDED).set(Switch.RowCost.ONE_DECIMAL);
        assertThat(raw(batch, "1"))
                .contains("<MOBILE>+886912345907</MOBILE><SENT_TIME>2027/3/4 09:02:03</SENT_TIME><COST>1.0</COST>");
        simulator.switches().set(Switch.Mobile.LOCAL).set(Switch.Dates.DASHED).set(Switch.RowCost.BLANK);
        assertThat(raw(batch, "1"))
                .contains("<MOBILE>0912345907</MOBILE><SENT_TIME>2027-03-04 09:02:03</SENT_TIME><COST> </COST>");
        simulator.switches().set(Switch.Dates.RUN_TOGETHER).set(Switch.ReplyText.CDATA_ON_LINES);
        assertThat(raw(batch, "1")).contains("2027/03/0409:02:03", "<MESSAGE>\n          <![CDATA[收到");
        simulator.switches().set(Switch.Dates.TRAILING_BLANK).set(Switch.ReplyText.ESCAPED);
        assertThat(raw(batch, "1")).contains("2027/03/04 09:02:03 <", "<MESSAGE>收到，謝謝 &amp; ok + 1</MESSAGE>");
        simulator.switches().set(Switch.Dates.UNREADABLE).set(Switch.ReportXml.SEED);
        assertThat(raw(batch, "1")).contains("<SENT_TIME>soon</SENT_TIME>", "< NAME></NAME>", "encoding=\"utf-8\"");
        simulator.switches().set(Switch.Dates.BLANK);
        assertThat(raw(batch, "1")).contains("<SENT_TIME></SENT_TIME>");
    }

    @Test
    void aThousandRowsAPage() {
        String batch = bigBatch(1_230);
        assertThat(count(batch, "1")).isEqualTo("1230");
        assertThat(rows(batch, "1")).hasSize(1_000);
        assertThat(rows(batch, " 2")).hasSize(230).last().isEqualTo("+886912001229       ");
        assertThat(rows(batch, "3")).isEmpty();
        assertThat(count(batch, "3")).isEqualTo("1230");

        simulator.switches().set(Switch.BeyondEnd.LAST_PAGE);
        assertThat(rows(batch, "3")).hasSize(230);
        simulator.switches().set(Switch.BeyondEnd.NEGATIVE_CODE);
        assertThat(Caller.textOf(raw(batch, "3"), "CODE")).isEqualTo("-3");
    }

    @Test
    void theCountMayGrowOrBeMissing() {
        String batch = bigBatch(2_100);
        simulator.switches().set(Switch.Count.GROWING);
        assertThat(List.of(count(batch, "1"), count(batch, "2"), count(batch, "3")))
                .containsExactly("1001", "2001", "2100");
        simulator.switches().set(Switch.Count.ONE_TOO_MANY);
        assertThat(count(batch, "3")).isEqualTo("2101");
        simulator.switches().set(Switch.Count.MISSING);
        assertThat(raw(batch, "1")).contains("<GET_DELIVERY_STATUS><SMS>");
    }

    @Test
    void rowsMayComeInAnotherOrder() {
        String batch = bigBatch(1_001);
        simulator.switches().set(Switch.RowOrder.REVERSED);
        assertThat(rows(batch, "2")).containsExactly("+886912000000       ");
    }

    @Test
    void anUnknownBatchIsEmptyOrAnError() {
        assertThat(count("220478cc-8506-49b2-93b7-2505f651c12e", "1")).isEqualTo("0");
        simulator.switches().set(Switch.UnknownBatch.NEGATIVE_CODE);
        assertThat(Caller.textOf(raw("220478cc-8506-49b2-93b7-2505f651c12e", "1"), "CODE"))
                .isEqualTo("-3");
    }

    @Test
    void anotherAccountsBatchIsUnknown() {
        String batch = Caller.batchOf(caller.send(key, "x", "+886912345678"));
        simulator.account("other", "secret");
        key = caller.login("other", "secret");
        assertThat(count(batch, "1")).isEqualTo("0");
    }

    private String bigBatch(int size) {
        return Caller.batchOf(caller.send(
                key,
                "x",
                IntStream.range(0, size)
                        .mapToObj(i -> "+886912" + String.format("%06d", i))
                        .collect(Collectors.joining(","))));
    }

    private String raw(String batch, String page) {
        return caller.result("getDeliveryStatus", "sessionKey", key, "batchID", batch, "pageNo", page);
    }

    private String count(String batch, String page) {
        return ((Element) caller.report(key, batch, page)
                        .getElementsByTagName("GET_DELIVERY_STATUS")
                        .item(0))
                .getAttribute("COUNT");
    }

    private List<String> rows(String batch, String page) {
        return texts(caller.report(key, batch, page).getDocumentElement(), "MOBILE");
    }

    private List<String> statuses(String batch) {
        return texts(caller.report(key, batch, "1").getDocumentElement(), "STATUS");
    }

    private static Element row(Document report, int index) {
        return (Element) report.getElementsByTagName("SMS").item(index);
    }

    private static String text(Element row, String name) {
        return row.getElementsByTagName(name).item(0).getTextContent();
    }

    private static List<String> texts(Element in, String name) {
        NodeList found = in.getElementsByTagName(name);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> found.item(i).getTextContent())
                .toList();
    }
}
