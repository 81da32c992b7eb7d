package hoopoe.provider.every8d;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hoopoe.message.MessageState;
import hoopoe.message.PhoneNumber;
import hoopoe.message.StatusFact;
import hoopoe.provider.ProviderException;
import hoopoe.provider.ReportPage;
import hoopoe.provider.ReportPage.ReplyRow;
import hoopoe.provider.ReportPage.ReportRow;
import hoopoe.provider.every8d.Every8dError.Every8dRefusal;
import hoopoe.provider.xml.SoapResponse;
import hoopoe.provider.xml.XmlText;
import hoopoe.testing.Mutations;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Every8dReportsTest {

    private static final int BROKEN = 2_000;
    private static final Every8dReports QUESTION = new Every8dReports("b", 1, true);
    private static final Instant SENT = Instant.parse("2015-09-23T07:37:05Z");

    @Test
    void theRealForm() throws Exception {
        assertThat(read(Fixtures.read("delivery-status.real.xml"), 1))
                .isEqualTo(new ReportPage(
                        2,
                        List.of(
                                new ReportRow(new PhoneNumber("+886900000001"), delivered(""), SENT, List.of()),
                                new ReportRow(
                                        new PhoneNumber("+886900000002"),
                                        delivered(""),
                                        SENT,
                                        List.of(new ReplyRow(Instant.parse("2015-09-23T07:40:09Z"), "回覆簡訊")))),
                        false));
    }

    @Test
    void thePrintedFormIsReadWhereWeAreLenient() throws Exception {
        var printed = Fixtures.read("delivery-status.as-printed.xml");
        assertThat(read(printed, 1))
                .isEqualTo(new ReportPage(
                        1230,
                        List.of(new ReportRow(
                                new PhoneNumber("+886933123123"),
                                delivered(""),
                                Instant.parse("2010-03-19T19:27:50Z"),
                                List.of(
                                        new ReplyRow(Instant.parse("2010-03-23T04:05:09Z"), "< 回覆\\_簡訊"),
                                        new ReplyRow(null, "two")))),
                        true));
        assertThatThrownBy(() -> new Every8dReports("b", 1, false).read(printed))
                .isInstanceOf(ProviderException.MalformedAnswer.class);
    }

    @Test
    void wellFormedXmlIsNeverMended() throws Exception {
        var page = read(report("1", row("<REPLY_SMS><MESSAGE>a\\_b</MESSAGE></REPLY_SMS>")), 1);
        assertThat(page.rows().get(0).replies()).containsExactly(new ReplyRow(null, "a\\_b"));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1230, 1000, true",
        "2, 1230, 230, false",
        "2, 1230, 229, true",
        "3, 1230, 0, false",
        "1, 1000, 1000, false",
        "1, 0, 0, false",
        "1, 5, 0, false",
        "1, 2, 3, false",
        "26, 100000, 1000, true"
    })
    void thereIsMoreWhileRowsAreMissingAndComing(int page, int count, int rows, boolean more) throws Exception {
        var read = read(report(Integer.toString(count), row("").repeat(rows)), page);
        assertThat(read.total()).isEqualTo(count);
        assertThat(read.rows()).hasSize(rows);
        assertThat(read.hasMore()).isEqualTo(more);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "many", "-1", "99999999999"})
    void withoutACountRowsAreCounted(String count) throws Exception {
        var page = read(report(count, row("").repeat(3)), 2);
        assertThat(page.total()).isEqualTo(1003);
        assertThat(page.hasMore()).isFalse();
    }

    @Test
    void nothingFoundIsAnEmptyPage() throws Exception {
        var nothing = new ReportPage(0, List.of(), false);
        assertThat(read("", 1)).isEqualTo(nothing);
        assertThat(read("<SMS_LOG><CODE>0</CODE></SMS_LOG>", 1)).isEqualTo(nothing);
        assertThat(read(report("0", ""), 1)).isEqualTo(nothing);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-301,gone", "<SMS_LOG><CODE> -301 </CODE><DESCRIPTION>gone</DESCRIPTION></SMS_LOG>"})
    void aDeadSessionIsTold(String text) {
        assertThatThrownBy(() -> read(text, 1)).isInstanceOfSatisfying(Every8dRefusal.class, refusal -> assertThat(
                        refusal.error().isDeadSession())
                .isTrue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4.0",
                "-x",
                "<SMS/>",
                "<SMS_LOG/>",
                "<SMS_LOG><CODE>1</CODE></SMS_LOG>",
                "<SMS_LOG><CODE>no</CODE></SMS_LOG>",
                "<SMS_LOG><CODE>0</CODE></SMS_LOG><x/>",
                "<SMS><CODE>0</CODE></SMS>",
                "<SMS_LOG><CODE><x/>0</CODE></SMS_LOG>",
                "<SMS_LOG><CODE>0</CODE><GET_DELIVERY_STATUS><SMS><STATUS>10<x/>0</STATUS></SMS></GET_DELIVERY_STATUS></SMS_LOG>",
                "<!DOCTYPE SMS_LOG><SMS_LOG><CODE>0</CODE></SMS_LOG>",
                "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><SMS_LOG><CODE>0</CODE><a>&x;</a></SMS_LOG>",
                "<!DOCTYPE a [<!ENTITY x \"ha\"><!ENTITY y \"&x;&x;&x;&x;\">]><SMS_LOG><CODE>&y;</CODE></SMS_LOG>"
            })
    void anythingElseIsMalformed(String text) {
        assertThatThrownBy(() -> read(text, 1)).isInstanceOf(ProviderException.MalformedAnswer.class);
    }

    @Test
    void cutAnywhereItIsMalformed() {
        var whole = Fixtures.read("delivery-status.real.xml");
        for (int cut = 1; cut < whole.length(); cut++) {
            var half = whole.substring(0, cut);
            assertThatThrownBy(() -> read(half, 1))
                    .as("cut at %d", cut)
                    .isInstanceOf(ProviderException.MalformedAnswer.class)
                    .hasNoCause()
                    .hasMessage("every8d getDeliveryStatus: malformed");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2015/09/23 15:37:05, 2015-09-23T07:37:05Z",
        "2015/9/3 5:7:5, 2015-09-02T21:07:05Z",
        "2015-09-23 15:37:05, 2015-09-23T07:37:05Z",
        "2021/06/0114:27:55, 2021-06-01T06:27:55Z",
        "'2015/09/23 15:37:05 ', 2015-09-23T07:37:05Z"
    })
    void timesAreTaiwans(String written, Instant expected) throws Exception {
        assertThat(only("<SENT_TIME>" + written + "</SENT_TIME>").sentAt()).isEqualTo(expected);
    }

    @Test
    void anUnreadableTimeIsKeptAsItIs() throws Exception {
        var reportRow = only("<SENT_TIME>2015/13/45 15:37:05</SENT_TIME><STATUS>100</STATUS>");
        assertThat(reportRow.sentAt()).isNull();
        assertThat(reportRow.fact().text()).isEqualTo("delivered; SENT_TIME 2015/13/45 15:37:05");
        assertThat(only("<SENT_TIME> </SENT_TIME><STATUS>100</STATUS>").fact().text())
                .isEqualTo("delivered");
    }

    @Test
    void whatCannotBeReadOfARowCostsOnlyThat() throws Exception {
        var reportRow = only("<MOBILE>nobody</MOBILE><COST>free</COST><STATUS>fine</STATUS><EXTRA><a/></EXTRA>");
        assertThat(reportRow.to()).isNull();
        assertThat(reportRow.fact())
                .isEqualTo(new StatusFact(MessageState.SUBMITTED, null, "fine", "", null, StatusFact.Source.REPORT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<SMS_LOG><X><CODE>-301</CODE></X><CODE>0</CODE>%s</SMS_LOG>",
                "<SMS_LOG><CODE>0</CODE><X><GET_DELIVERY_STATUS COUNT=\"9\"><SMS/></GET_DELIVERY_STATUS></X>%s</SMS_LOG>",
                "<SMS_LOG><CODE>0</CODE>%s<X><CODE>-301</CODE></X></SMS_LOG>"
            })
    void whatIsUnknownIsPassedOverWithAllThatIsInIt(String report) throws Exception {
        var reply = "<X><MESSAGE>x</MESSAGE></X><MESSAGE>yes</MESSAGE><X><REPLY_TIME>2015/01/01 00:00:00</REPLY_TIME>"
                + "<MESSAGE>x</MESSAGE></X>";
        var row =
                "<X><STATUS>101</STATUS><MOBILE>x</MOBILE></X><MOBILE>0912345678</MOBILE><STATUS>100</STATUS><REPLY_SMS>"
                        + reply + "</REPLY_SMS><X><STATUS>101</STATUS><REPLY_SMS/></X>";
        var text = report.formatted("<GET_DELIVERY_STATUS COUNT=\"2\"><X><SMS/></X>" + row(row) + "<X><SMS/><SMS/></X>"
                + row(row) + "</GET_DELIVERY_STATUS>");
        var expected = new ReportRow(
                new PhoneNumber("+886912345678"),
                new StatusFact(MessageState.DELIVERED, null, "100", "delivered", null, StatusFact.Source.REPORT),
                null,
                List.of(new ReplyRow(null, "yes")));

        assertThat(read(text, 1)).isEqualTo(new ReportPage(2, List.of(expected, expected), false));
    }

    @Test
    void namespacesAreNotLookedAt() throws Exception {
        var rows = "<r:GET_DELIVERY_STATUS COUNT=\"7\"><r:SMS><r:STATUS xsi:nil=\"true\">100</r:STATUS></r:SMS>"
                + "</r:GET_DELIVERY_STATUS>";
        var page = read(
                "<r:SMS_LOG xmlns:r=\"urn:r\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><r:CODE>0</r:CODE>"
                        + rows + rows + "</r:SMS_LOG>",
                1);
        assertThat(page.total()).isEqualTo(7);
        assertThat(page.rows())
                .hasSize(2)
                .allMatch(reportRow -> reportRow.fact().code().equals("100"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"+886912345678       ", "0912345678", "886912345678", " +886912345678"})
    void aNumberIsReadPaddedAndInItsLocalForm(String mobile) throws Exception {
        assertThat(only("<MOBILE>" + mobile + "</MOBILE>").to()).isEqualTo(new PhoneNumber("+886912345678"));
    }

    @Test
    void aFullPageIsRead() throws Exception {
        var xml = report(
                "1000",
                row("<REPLY_SMS><MESSAGE><![CDATA[" + "回".repeat(300) + "]]></MESSAGE></REPLY_SMS>")
                        .repeat(1000));
        assertThat(read(xml, 1).rows()).hasSize(1000);
    }

    /** Each bracket comes as a reference, and Java 25 would stop at 100,000 of them. */
    @Test
    void aFullPageOfManyRepliesIsRead() throws Exception {
        var replies =
                "<REPLY_SMS><REPLY_TIME>2015/09/23 15:37:05</REPLY_TIME><MESSAGE>yes</MESSAGE></REPLY_SMS>".repeat(10);
        var rows = read(report("1000", row(replies).repeat(1000)), 1).rows();
        assertThat(rows).hasSize(1000).allMatch(reportRow -> reportRow.replies().size() == 10);
    }

    @Test
    void theEnvelopesMarkAndBlanksAreNoPartOfIt() throws Exception {
        var real = Fixtures.read("delivery-status.real.xml");
        for (var text : new String[] {"\uFEFF" + real + "\n", "\u3000" + real, real.replace("><", ">\r\n <")}) {
            assertThat(read(text, 1)).isEqualTo(read(real, 1));
        }
    }

    /** A page, a refusal or malformed: nothing else is thrown, whatever is broken. */
    @Test
    void whateverIsBrokenItIsTold() {
        var mutations = new Mutations(20_261_123);
        var report = Fixtures.read("delivery-status.real.xml");
        int pages = 0;
        for (int i = 0; i < BROKEN; i++) {
            var broken = new String(mutations.of(report.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
            pages += isPage(envelope(broken)) ? 1 : 0;
            pages += isPage(mutations.of(envelope(report))) ? 1 : 0;
        }
        assertThat(pages).isBetween(BROKEN / 10, BROKEN * 18 / 10);
    }

    private static boolean isPage(byte[] body) {
        try {
            return SoapResponse.read(body, QUESTION.operation()) instanceof SoapResponse.SoapResult soapResult
                    && QUESTION.read(soapResult.text()).total() >= 0;
        } catch (Every8dRefusal | ProviderException.MalformedAnswer told) {
            return false;
        }
    }

    private static ReportRow only(String fields) throws Exception {
        return read(report("1", row(fields)), 1).rows().get(0);
    }

    private static String row(String fields) {
        return "<SMS>" + fields + "</SMS>";
    }

    private static String report(String count, String rows) {
        return "<SMS_LOG><CODE>0</CODE><GET_DELIVERY_STATUS COUNT=\"" + count + "\">" + rows
                + "</GET_DELIVERY_STATUS></SMS_LOG>";
    }

    private static StatusFact delivered(String note) {
        return new StatusFact(
                MessageState.DELIVERED, null, "100", "delivered" + note, "1.00", StatusFact.Source.REPORT);
    }

    /** As it comes: in its envelope. */
    private static ReportPage read(String text, int page) throws Every8dRefusal {
        var question = new Every8dReports("b", page, true);
        var answer = (SoapResponse.SoapResult) SoapResponse.read(envelope(text), question.operation());
        return question.read(answer.text());
    }

    private static byte[] envelope(String text) {
        return ("<?xml version=\"1.0\" encoding=\"utf-8\"?><soap:Envelope"
                        + " xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body>"
                        + "<getDeliveryStatusResponse xmlns=\"http://tempuri.org/\"><getDeliveryStatusResult>"
                        + XmlText.content(text)
                        + "</getDeliveryStatusResult></getDeliveryStatusResponse></soap:Body></soap:Envelope>")
                .getBytes(StandardCharsets.UTF_8);
    }
}
