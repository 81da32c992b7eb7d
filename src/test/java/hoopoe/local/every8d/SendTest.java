package hoopoe.local.every8d;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SendTest {
    private static final String GUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    private final Every8dSimulator simulator = Every8dSimulator.start();
    private final Caller caller = Caller.of(simulator);
    private Account account;
    private String key;

    @BeforeEach
    void open() {
        account = simulator.account("demo", "secret").credit("100");
        key = caller.login("demo", "secret");
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void fiveFieldsWithOneDecimal() {
        String line = caller.send(key, "測試 <1> & 2", "+886912345678,+886922333444");
        assertThat(line).matches("98\\.0,2,2\\.0,0," + GUID);
        assertThat(caller.credit(key)).isEqualTo("98.00");
        assertThat(simulator.batch(Caller.batchOf(line)).orElseThrow().messages())
                .extracting(SentMessage::mobile, SentMessage::text)
                .containsExactly(tuple("+886912345678", "測試 <1> & 2"), tuple("+886922333444", "測試 <1> & 2"));
    }

    @Test
    void theOtherFormsOfTheLine() {
        simulator.switches().set(Switch.Points.TWO_DECIMALS).set(Switch.Counts.ONE_DECIMAL);
        assertThat(caller.send(key, "x", "0912345678")).matches("99\\.00,1\\.0,1\\.00,0\\.0," + GUID);
        simulator.switches().reset();
        simulator.switches().set(Switch.Fields.FOUR);
        assertThat(caller.send(key, "x", "0912345678,0922333444")).matches("97\\.0,2,2\\.0," + GUID);
        simulator.switches().set(Switch.Fields.SIX);
        assertThat(caller.send(key, "x", "0912345678,12,13")).matches("96\\.0,1,1\\.0,0," + GUID + ",12/13");
        simulator.switches().set(Switch.Fields.SEVEN).set(Switch.Points.WHOLE);
        assertThat(caller.send(key, "x", "0912345678")).matches("95,1,1,0,(" + GUID + "),,\\1");
    }

    @Test
    void theFormsOfABatchId() {
        simulator.switches().set(Switch.BatchId.UPPER_CASE_GUID);
        String upper = Caller.batchOf(caller.send(key, "x", "0912345678"));
        assertThat(upper).isUpperCase();
        simulator.switches().set(Switch.BatchId.TOKEN);
        assertThat(Caller.batchOf(caller.send(key, "x", "0912345678"))).matches("B[0-9a-f]{8}_[0-9a-f]{12}");
        assertThat(simulator.batch(upper.toLowerCase(Locale.ROOT))).isPresent();
    }

    @Test
    void aBadNumberIsARowOrRefusesTheCall() {
        String line = caller.send(key, "x", "0912345678,09123456789,+886912");
        assertThat(line).matches("99\\.0,1,1\\.0,0," + GUID);
        assertThat(simulator.messages())
                .extracting(SentMessage::status)
                .containsExactly(Row.WITH_CARRIER, Row.BAD_NUMBER, Row.BAD_NUMBER);

        simulator.switches().set(Switch.BadNumber.CALL_REFUSED);
        assertThat(caller.send(key, "x", "0912345678,09123456789,+886912"))
                .isEqualTo("-306,手機格式不符:09123456789,+886912");
        assertThat(simulator.batches()).hasSize(1);
        assertThat(account.credit()).isEqualByComparingTo("99");
    }

    @Test
    void withoutNumberOrTextTheCallIsRefused() {
        assertThat(caller.send(key, "x", "")).isEqualTo("-27,電話號碼不得為空");
        assertThat(caller.send(key, "", "0912345678")).startsWith("-24,");
    }

    @Test
    void foreignNumbersWantTheSwitchInThePortalAndCostThreefold() {
        String off = caller.send(key, "x", "+4915112345678");
        assertThat(off).matches("100\\.0,0,0\\.0,0," + GUID);
        assertThat(simulator.messages()).extracting(SentMessage::status).containsExactly(500);

        account.international(true);
        assertThat(caller.send(key, "x".repeat(71), "+4915112345678")).matches("94\\.0,1,6\\.0,0," + GUID);
    }

    @Test
    void creditRunsOutInThreeWays() {
        account.credit("3");
        String line = caller.send(key, "x".repeat(71), "0912345671,0912345672");
        assertThat(line).matches("1\\.0,1,2\\.0,1," + GUID);
        assertThat(simulator.messages()).extracting(SentMessage::status).containsExactly(0, 301);

        simulator.switches().set(Switch.Exhausted.WHOLLY);
        assertThat(caller.send(key, "x", "0912345671,0912345672")).matches("1\\.0,0,0\\.0,2," + GUID);

        simulator.switches().set(Switch.Exhausted.OVERDRAWN);
        assertThat(caller.send(key, "x", "0912345671,0912345672,0912345673")).matches("-2\\.0,3,3\\.0,0," + GUID);
    }

    @Test
    void bySwitchSendedCountsWhatWasTakenAndUnsentRowsAreNotListed() {
        account.credit("1");
        simulator.switches().set(Switch.Sended.TAKEN).set(Switch.Unsent.ABSENT);
        String line = caller.send(key, "x", "0912345671,0912345672");
        assertThat(line).matches("0\\.0,2,1\\.0,1," + GUID);
        assertThat(caller.report(key, Caller.batchOf(line), "1")
                        .getElementsByTagName("SMS")
                        .getLength())
                .isEqualTo(1);
    }

    @Test
    void aPastTimeIsSentAtOnceAMuchEarlierOneNotAtAll() {
        Instant now = simulator.clock().instant();
        caller.send(key, "x", "0912345678", TaipeiTime.compact(now.minus(Duration.ofHours(23))));
        caller.send(key, "x", "0912345678", TaipeiTime.compact(now.minus(Duration.ofHours(25))));
        assertThat(simulator.messages()).extracting(SentMessage::status).containsExactly(0, -4);

        simulator.switches().set(Switch.PastTime.CALL_REFUSED);
        assertThat(caller.send(key, "x", "0912345678", TaipeiTime.compact(now.minus(Duration.ofHours(25)))))
                .startsWith("-4,");
        assertThat(caller.send(key, "x", "0912345678", TaipeiTime.compact(now.minus(Duration.ofHours(23)))))
                .doesNotStartWith("-");
        simulator.switches().set(Switch.PastTime.ANY_PAST_REFUSED);
        assertThat(caller.send(key, "x", "0912345678", TaipeiTime.compact(now.minus(Duration.ofHours(23)))))
                .startsWith("-4,");
    }

    @Test
    void anUnreadableTimeIsARowOrRefusesTheCall() {
        caller.send(key, "x", "0912345678", "20271332000000");
        caller.send(key, "x", "0912345678", "2027-01-01 00:00:00");
        assertThat(simulator.messages()).extracting(SentMessage::status).containsExactly(-6, -6);
        simulator.switches().set(Switch.BadTime.CALL_REFUSED);
        assertThat(caller.send(key, "x", "0912345678", "tomorrow")).startsWith("-6,");
    }

    @Test
    void aLongTextIsSplitOrARow() {
        caller.send(key, "x".repeat(334), "0912345678");
        simulator.switches().set(Switch.TooLong.ROW_MINUS_5);
        caller.send(key, "x".repeat(334), "0912345678");
        assertThat(simulator.messages()).extracting(SentMessage::status).containsExactly(0, -5);
        assertThat(simulator.messages().get(0).cost()).isEqualByComparingTo("6");
    }

    @Test
    void sendMessageKeepsItsValidityAndCanBeMissing() {
        String[] call = {
            "sessionKey",
            key,
            "subject",
            "note #1",
            "content",
            "x",
            "mobile",
            "0912345678",
            "sendTime",
            "",
            "retryTime",
            "30"
        };
        String line = caller.result("sendMessage", call);
        SentBatch batch = simulator.batch(Caller.batchOf(line)).orElseThrow();
        assertThat(batch.retryTime()).isEqualTo("30");
        assertThat(batch.subject()).isEqualTo("note #1");
        assertThat(batch.operation()).isEqualTo("sendMessage");

        call[11] = "0";
        assertThat(caller.result("sendMessage", call)).startsWith("-1,");

        simulator.switches().set(Switch.SendMessage.MISSING);
        assertThat(caller.post("sendMessage", call).body())
                .contains("Server did not recognize the value of HTTP Header SOAPAction:"
                        + " http://tempuri.org/sendMessage.");
    }

    @Test
    void personalTextsArriveCharacterForCharacter() {
        String text = "<>&\"]]> 中文 😀";
        String xml = "<REPS>" + user("TEST", "+886900000001", "", text)
                + user("O'Hara & \"Söhne\"", "+886900000002", "20270101000000", "zwei") + "</REPS>";
        String line = param(xml, "");
        assertThat(line).matches("98\\.0,2,2\\.0,0," + GUID);
        assertThat(simulator.messages()).extracting(SentMessage::text).containsExactly(text, "zwei");
        assertThat(simulator.messages()).extracting(SentMessage::name).containsExactly("TEST", "O'Hara & \"Söhne\"");
        assertThat(simulator.messages().get(1).sentAt()).isEqualTo("2026-12-31T16:00:00Z");
    }

    @Test
    void aLocalNumberInXmlIsChargedAsForeign() {
        assertThat(param("<REPS>" + user("", "0933123456", "", "x") + "</REPS>", ""))
                .matches("97\\.0,1,3\\.0,0," + GUID);
        simulator.switches().set(Switch.LocalForm.TAIWAN);
        assertThat(param("<REPS>" + user("", "0933123456", "", "x") + "</REPS>", ""))
                .matches("96\\.0,1,1\\.0,0," + GUID);
    }

    @Test
    void brokenReceiversAreAParameterError() {
        assertThat(param("<REPS><USER", "")).startsWith("-1,");
        assertThat(param("個人化<REPS></REPS>", "")).startsWith("-1,");
        assertThat(param("<!DOCTYPE x [<!ENTITY e \"x\">]><REPS>" + user("", "+886900000001", "", "x") + "</REPS>", ""))
                .startsWith("-1,");
        assertThat(param("<REPS></REPS>", "")).startsWith("-27,");
        assertThat(simulator.batches()).isEmpty();
    }

    @Test
    void twoThousandFiveHundredReceiversFitOneCall() {
        account.credit("10000");
        String xml = IntStream.range(0, 2_500)
                .mapToObj(i -> user("N" + i, "+886912" + String.format("%06d", i), "", "text <" + i + "> & more"))
                .collect(Collectors.joining("", "<REPS>", "</REPS>"));
        assertThat(param(xml, "")).matches("7500\\.0,2500,2500\\.0,0," + GUID);
        assertThat(simulator.messages().get(2_499).text()).isEqualTo("text <2499> & more");
    }

    private String param(String contentXml, String sendTime) {
        return caller.result(
                "sendParamSMS", "sessionKey", key, "subject", "", "contentXML", contentXml, "sendTime", sendTime);
    }

    private static String user(String name, String mobile, String sendTime, String text) {
        return "<USER NAME=\"" + Xml.attribute(name) + "\" MOBILE=\"" + mobile + "\" EMAIL=\"\" SENDTIME=\"" + sendTime
                + "\">" + Xml.cdata(text) + "</USER>";
    }
}
