package hoopoe.provider.smspanel;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.message.MessageState;
import hoopoe.message.PhoneNumber;
import hoopoe.provider.InboxContent;
import hoopoe.provider.InboxContent.InboxRefused;
import hoopoe.provider.InboxContent.Messages;
import hoopoe.provider.InboxContent.ReceivedMessage;
import hoopoe.provider.InboxContent.UnreadableInbox;
import hoopoe.provider.InboxResponse;
import hoopoe.provider.xml.RpcResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What credit, statuses and inbox are read from. */
class AnswersTest {

    private static final List<String> IDS = List.of("536221499", "536221500");
    private static final String TIME = "2014-05-13T16:53:20Z";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"ErrCode\":\"0\",\"result\":\"12345.5\"}         | 12345.5",
                "{\"ErrCode\":\"0\",\"result\":12345.5}             | 12345.5",
                "{\"ErrCode\":\"0\",\"result\":\"1,212,345.5\"}     | 1212345.5",
                "{\"ErrCode\":\"0\",\"result\":\"۱۲٬۳۴۵٫۵\"}        | 12345.5",
                "{\"ErrCode\":\"0\",\"result\":\" 0 \"}             | 0",
                "{\"ErrCode\":\"0\",\"result\":\"-3.5\"}            | -3.5",
                "17                                                 | 17"
            })
    void creditIsADecimal(String json, String points) {
        assertThat(SmspanelCredit.read(Answers.value(json)))
                .hasValueSatisfying(read -> assertThat(read).isEqualByComparingTo(points));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"ErrCode\":0,\"result\":\"\"}",
                "{\"ErrCode\":0,\"result\":\"Array\"}",
                "{\"ErrCode\":0,\"result\":\"1,2\"}",
                "{\"ErrCode\":0,\"result\":[1]}",
                "{\"ErrCode\":0}",
                "OK"
            })
    void whatIsNoneIsNoCredit(String json) {
        assertThat(SmspanelCredit.read(Answers.value(json))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"credit.struct.xml", "credit.map.xml"})
    void theMeasuredCredits(String fixture) {
        var answer = RpcResponse.read(Fixtures.read(fixture).getBytes(StandardCharsets.UTF_8), "text/xml");
        assertThat(SmspanelCredit.read(((RpcResponse.RpcResult) answer).value()).orElseThrow())
                .isEqualByComparingTo("12345.5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[4,1]",
                "[\"4\",\" ۱ \"]",
                "{\"536221499\":4,\"536221500\":1}",
                "{\"536221500\":1,\"536221499\":4,\"99\":5}",
                "\"[4,1]\"",
                "[{\"id\":\"536221499\",\"status\":4},{\"id\":\"536221500\",\"status\":1}]",
                "[{\"uid\":536221500,\"statusId\":1},{\"uid\":536221499,\"statusId\":4}]",
                "[{\"unique_id\":536221500,\"ErrCode\":0,\"result\":1},{\"unique_id\":536221499,\"ErrCode\":0,\"result\":4}]",
                "[{\"id\":536221499,\"statusId\":4,\"status\":\"رسید\"},{\"id\":536221500,\"status\":1}]",
                "{\"536221499\":{\"statusId\":4,\"status\":\"4\"},\"536221500\":{\"ErrCode\":0,\"result\":1}}"
            })
    void everyFormOfStatusesIsRead(String result) {
        assertThat(statuses(result)).hasValue(Map.of("536221499", "4", "536221500", "1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[4]", "[4,1,5]", "{\"1\":4,\"2\":1}", "[]", "{}", "null", "\"\"", "[null,[1]]", "[{},{}]"})
    void aStatusThatIsNobodysForCertainIsNobodys(String result) {
        assertThat(statuses(result)).hasValue(Map.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"Array\"", "4", "\"OK\""})
    void whatIsNoStatusAtAllIsMalformed(String result) {
        assertThat(statuses(result)).isEmpty();
    }

    @Test
    void aSingleStatusMayStandAlone() {
        var value = Answers.value("{\"ErrCode\":0,\"result\":4}");
        assertThat(SmspanelStatusAnswer.read(value, List.of("7"))).hasValue(Map.of("7", "4"));
        var struct = Answers.value("{\"ErrCode\":0,\"result\":{\"id\":7,\"status\":5}}");
        assertThat(SmspanelStatusAnswer.read(struct, List.of("7"))).hasValue(Map.of("7", "5"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"status.struct.xml", "status.map.xml"})
    void theMeasuredStatuses(String fixture) {
        var answer = RpcResponse.read(Fixtures.read(fixture).getBytes(StandardCharsets.UTF_8), "text/xml");
        assertThat(SmspanelStatusAnswer.read(((RpcResponse.RpcResult) answer).value(), IDS))
                .hasValue(Map.of("536221499", "4", "536221500", "1"));
    }

    @ParameterizedTest
    @CsvSource({
        "1, SUBMITTED",
        "2, FAILED",
        "3, SUBMITTED",
        "4, DELIVERED",
        "5, FAILED",
        "6, FAILED",
        "0, SUBMITTED",
        "7, SUBMITTED",
        "-1, SUBMITTED"
    })
    void everyStatusAndSomeThatNobodyDocumented(String code, MessageState state) {
        var statusFact = SmspanelStatus.fact(code);
        assertThat(statusFact.state()).isEqualTo(state);
        assertThat(statusFact.code()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"inbox.struct.xml", "inbox.map.xml"})
    void theMeasuredInboxes(String fixture) {
        assertThat(inbox(200, Fixtures.read(fixture))).isEqualTo(one("سلام", "1400000000"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{\"from\":\"+989121234567\",\"to\":3000123,\"msg\":\"سلام\",\"time\":1400000000}]",
                "{\"from\":\"+989121234567\",\"to\":\"3000123\",\"msg\":\"سلام\",\"time\":\"1400000000\"}",
                "{\"0\":{\"From\":\"+۹۸۹۱۲۱۲۳۴۵۶۷\",\"TO\":\"3000123\",\"Msg\":\"سلام\",\"time\":\"1400000000\"}}"
            })
    void everyFormOfAMessageIsRead(String result) {
        assertThat(inbox(result)).isEqualTo(one("سلام", "1400000000"));
    }

    /** They are gone at the panel. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"ErrCode\":7,\"result\":%s}", "{\"result\":%s}", "%s"})
    void messagesAreMessagesWhateverTheCode(String form) {
        var message = "[{\"from\":\"+989121234567\",\"to\":3000123,\"msg\":\"سلام\",\"time\":1400000000}]";
        assertThat(inbox(200, Answers.json(form.formatted(message)))).isEqualTo(one("سلام", "1400000000"));
    }

    @Test
    void thirteenDigitsAreMilliseconds() {
        assertThat(inbox("[{\"from\":\"09121234567\",\"to\":\"1\",\"msg\":\"a\",\"time\":1400000000000}]"))
                .isInstanceOfSatisfying(
                        Messages.class,
                        read -> assertThat(read.messages().get(0).at()).isEqualTo(TIME));
    }

    /** A received text stays as it is, also if it looks like an error; and one that cannot be read is kept too. */
    @Test
    void nothingOfAMessageIsLostOrTakenForSomethingElse() {
        var result =
                "[{\"from\":\"BANK\",\"to\":\"\",\"msg\":\"{\\\"ErrCode\\\":-1}\",\"time\":\"soon\"},\"loose\",{\"msg\":\"[1] \"}]";
        assertThat(inbox(result)).isInstanceOfSatisfying(Messages.class, read -> {
            assertThat(read.messages())
                    .extracting(ReceivedMessage::text)
                    .containsExactly("{\"ErrCode\":-1}", "loose", "[1] ");
            assertThat(read.messages()).extracting(ReceivedMessage::from).containsOnlyNulls();
            assertThat(read.messages()).extracting(ReceivedMessage::at).containsOnlyNulls();
            assertThat(read.messages()).extracting(ReceivedMessage::identity).doesNotHaveDuplicates();
            assertThat(read.toString()).doesNotContain("loose").doesNotContain("ErrCode");
        });
    }

    /** The place in the answer tells them apart; taken out again, they are the same again. */
    @Test
    void twoEqualMessagesInOneAnswerAreTwo() {
        var one = "{\"from\":\"09121234567\",\"to\":\"1\",\"msg\":\"yes\",\"time\":1400000000}";
        var other = one.replace("yes", "no");
        var all = identities("[" + String.join(",", one, other, one, one) + "]");

        assertThat(all).hasSize(4).doesNotHaveDuplicates();
        assertThat(identities("[" + String.join(",", one, one) + "]")).isEqualTo(List.of(all.get(0), all.get(2)));
        assertThat(identities("[\"loose\",\"loose\"]")).hasSize(2).doesNotHaveDuplicates();
    }

    private List<String> identities(String result) {
        return ((Messages) inbox(result))
                .messages().stream().map(ReceivedMessage::identity).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{}", "null", "\"\"", "\" \""})
    void everyFormOfAnEmptyInbox(String result) {
        assertThat(inbox(result)).isEqualTo(new Messages(List.of(), false));
    }

    @Test
    void theMeasuredEmptyInbox() {
        assertThat(inbox(200, Fixtures.read("empty-inbox.xml"))).isEqualTo(new Messages(List.of(), false));
    }

    @Test
    void fiftyMayNotBeAll() {
        var one = "{\"from\":\"09121234567\",\"msg\":\"a\"}";
        for (int count : new int[] {49, 50}) {
            var result = "[" + String.join(",", Collections.nCopies(count, one)) + "]";
            assertThat(((Messages) inbox(result)).more()).isEqualTo(count == 50);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "-3", "-7", "3"})
    void aRefusalTookNothingOut(String code) {
        var body = Answers.json("{\"ErrCode\":" + code + ",\"result\":\"no\"}");
        assertThat(inbox(200, body)).isEqualTo(new InboxRefused(code, "no"));
    }

    @Test
    void whatCannotBeReadIsSaidSo() {
        assertThat(inbox("\"Array\"")).isEqualTo(new UnreadableInbox("malformed"));
        assertThat(inbox(200, Answers.json("[1]"))).isEqualTo(new UnreadableInbox("malformed"));
        assertThat(inbox(200, "<html>")).isEqualTo(new UnreadableInbox("envelope"));
        assertThat(inbox(500, "<html>")).isEqualTo(new UnreadableInbox("http_500"));
        assertThat(inbox(500, Answers.json("{\"ErrCode\":-1}"))).isEqualTo(new UnreadableInbox("http_500"));
        assertThat(inbox(500, Answers.fault("SOAP-ENV:Server"))).isEqualTo(new UnreadableInbox("fault"));
    }

    @Test
    void messagesUnderAnErrorStatusAreMessages() {
        assertThat(inbox(500, Fixtures.read("inbox.map.xml"))).isEqualTo(one("سلام", "1400000000"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"inbox.struct.xml", "inbox.map.xml", "empty-inbox.xml"})
    void anInboxCutAtAnyByteIsUnreadable(String fixture) {
        var whole = Fixtures.read(fixture).getBytes(StandardCharsets.UTF_8);
        for (int cut = 0; cut < whole.length; cut++) {
            var rawResponse = new InboxResponse.RawResponse(200, "text/xml", Arrays.copyOf(whole, cut), "v");
            assertThat(SmspanelInbox.read(rawResponse)).as("cut at %d", cut).isEqualTo(new UnreadableInbox("envelope"));
        }
    }

    private static Optional<Map<String, String>> statuses(String result) {
        return SmspanelStatusAnswer.read(Answers.value("{\"ErrCode\":0,\"result\":" + result + "}"), IDS);
    }

    private static InboxContent inbox(String result) {
        return inbox(200, Answers.json("{\"ErrCode\":0,\"result\":" + result + "}"));
    }

    private static InboxContent inbox(int status, String body) {
        return SmspanelInbox.read(new InboxResponse.RawResponse(
                status, "text/xml; charset=utf-8", body.getBytes(StandardCharsets.UTF_8), "v"));
    }

    private static Messages one(String text, String time) {
        var identity = String.join("\u0001", "+989121234567", "3000123", time, text);
        var at = Instant.parse(TIME);
        return new Messages(
                List.of(new ReceivedMessage(new PhoneNumber("+989121234567"), "3000123", at, text, identity)), false);
    }
}
