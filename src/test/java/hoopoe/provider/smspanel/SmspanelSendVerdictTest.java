package hoopoe.provider.smspanel;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.message.MessageState;
import hoopoe.message.PhoneNumber;
import hoopoe.provider.SendOutcome;
import hoopoe.provider.SendOutcome.Accepted;
import hoopoe.provider.SendOutcome.Cause;
import hoopoe.provider.SendOutcome.NotSent;
import hoopoe.provider.SendOutcome.RecipientResult;
import hoopoe.provider.SendOutcome.Rejected;
import hoopoe.provider.SendOutcome.Unconfirmed;
import hoopoe.provider.http.ProviderHttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmspanelSendVerdictTest {

    private static final PhoneNumber ONE = new PhoneNumber("+989121234567");
    private static final PhoneNumber TWO = new PhoneNumber("+989121234568");
    private static final List<PhoneNumber> BOTH = List.of(ONE, TWO);
    private static final RecipientResult FIRST = submitted("536221499");

    @ParameterizedTest
    @ValueSource(strings = {"send.struct.xml", "send.map.xml"})
    void theMeasuredAnswersOfSendSms(String fixture) {
        assertThat(verdict(Fixtures.read(fixture))).isEqualTo(accepted("", FIRST, submitted("536221500")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"send-multiple.struct.xml", "send-multiple.map.xml"})
    void theMeasuredAnswersOfSendMultipleSms(String fixture) {
        assertThat(verdict(Fixtures.read(fixture)))
                .isEqualTo(
                        accepted("", FIRST, new RecipientResult(MessageState.UNCONFIRMED, null, "-3", "error text")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"ErrCode\":\"0\",\"result\":[1,2]}",
                "{\"ErrCode\":0,\"result\":{\"0\":1,\"1\":2}}",
                "{\"ErrCode\":0,\"result\":{\"1\":2,\"0\":1}}",
                "{\"ErrCode\":0,\"result\":{\"09121234568\":2,\"+989121234567\":1}}",
                "{\"ErrCode\":0,\"result\":{\"989121234568\":\"2\",\"9121234567\":\" 1 \"}}",
                "{\"err_code\":\"۰\",\"Result\":[1,2]}",
                "{\"ErrCode\":0,\"result\":\"[1,2]\"}",
                "{\"ErrCode\":0,\"result\":[{\"ErrCode\":0,\"result\":1},{\"ErrCode\":\"0\",\"result\":\"2\"}]}",
                "[{\"ErrCode\":0,\"result\":1},{\"ErrCode\":\"0\",\"result\":\"2\"}]",
                "{\"0\":{\"ErrCode\":0,\"result\":1},\"1\":{\"ErrCode\":0,\"result\":2}}",
                "[1,2]"
            })
    void everyFormOfIdsIsRead(String json) {
        assertThat(verdict(Answers.json(json))).isEqualTo(accepted("", submitted("1"), submitted("2")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"ErrCode\":0,\"result\":\"Array\"}",
                "{\"ErrCode\":0,\"result\":[1]}",
                "{\"ErrCode\":0,\"result\":[1,2,3]}",
                "{\"ErrCode\":0,\"result\":{\"0\":1,\"2\":2}}",
                "{\"ErrCode\":0,\"result\":{\"a\":1,\"b\":2}}",
                "{\"ErrCode\":0,\"result\":{\"0\":1,\"1\":2,\"2\":3}}",
                "{\"ErrCode\":0,\"result\":{\"09121234560\":2,\"09121234569\":1}}",
                "{\"ErrCode\":0,\"result\":12}",
                "{\"ErrCode\":0,\"result\":[7,7]}",
                "{\"ErrCode\":0,\"result\":\"پیام ارسال شد\"}",
                "{\"ErrCode\":0,\"result\":[0,\"Array\"]}",
                "{\"ErrCode\":0,\"result\":null}",
                "{\"ErrCode\":0}"
            })
    void withoutTheCertaintyOfAnIdThereIsNone(String json) {
        assertThat(verdict(Answers.json(json))).isEqualTo(accepted("ids_unknown", submitted(null), submitted(null)));
    }

    @Test
    void oneOfManyIdsMayBeMissing() {
        assertThat(verdict(Answers.json("{\"ErrCode\":0,\"result\":{\"09121234568\":2}}")))
                .isEqualTo(accepted("ids_unknown", submitted(null), submitted("2")));
    }

    @Test
    void aScalarIsTheIdOfTheOnlyRecipient() {
        assertThat(SmspanelSendVerdict.of(Answers.of(Answers.json("{\"ErrCode\":0,\"result\":7}")), List.of(ONE)))
                .isEqualTo(accepted("", submitted("7")));
    }

    @Test
    void anErrorOfTheOnlyRecipientIsNoSuccess() {
        assertThat(SmspanelSendVerdict.of(
                        Answers.of(Answers.json("{\"ErrCode\":0,\"result\":" + one("-5") + "}")), List.of(ONE)))
                .isEqualTo(accepted("", new RecipientResult(MessageState.REJECTED, null, "-5", "no ********568")));
    }

    @Test
    void anIdIsText() {
        assertThat(SmspanelSendVerdict.of(
                        Answers.of(Answers.json("{\"ErrCode\":0,\"result\":[\"007\"]}")), List.of(ONE)))
                .isEqualTo(accepted("", submitted("007")));
        assertThat(SmspanelSendVerdict.of(
                        Answers.of(Answers.json("{\"ErrCode\":0,\"result\":[92233720368547758070]}")), List.of(ONE)))
                .isEqualTo(accepted("", submitted("92233720368547758070")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-2", "-4", "-5"})
    void aRefusalIsForGood(String code) {
        assertThat(verdict(error(code))).isEqualTo(new Rejected(code, "no ********568"));
        assertThat(verdict(Answers.json("[" + one(code) + "," + one(code) + "]")))
                .isInstanceOf(Rejected.class);
        assertThat(verdict(Answers.json(code))).isEqualTo(new Rejected(code, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-3", "-6", "-99", "1", "7"})
    void aSendErrorAndWhatNobodyDocumentedProveNothing(String code) {
        assertThat(verdict(error(code))).isEqualTo(new Unconfirmed(code, "no ********568", Optional.empty()));
        assertThat(verdict(Answers.json("[" + one(code) + "," + one(code) + "]")))
                .isInstanceOf(Unconfirmed.class);
    }

    @Test
    void anUnknownUserIsProofThatNothingWasSent() {
        var refused = new NotSent(Cause.REFUSED, "-1", "no ********568");
        assertThat(verdict(error("-1"))).isEqualTo(refused);
        assertThat(verdict(Answers.json("[" + one("-1") + "," + one("-1") + "]")))
                .isEqualTo(refused);
        assertThat(verdict(Answers.json("[" + one("-1") + "]"))).isEqualTo(refused);
        assertThat(verdict(Answers.json("-1"))).isEqualTo(new NotSent(Cause.REFUSED, "-1", ""));
        assertThat(verdict(Fixtures.read("error.user.xml")))
                .isEqualTo(new NotSent(Cause.REFUSED, "-1", "کاربر شناسایی نشد"));
    }

    /** Something of that answer went through, so it is no proof for the rest. */
    @Test
    void anUnknownUserBesideASuccessIsNoProof() {
        assertThat(verdict(Answers.json("[{\"ErrCode\":0,\"result\":536221499}," + one("-1") + "]")))
                .isEqualTo(accepted(
                        "", FIRST, new RecipientResult(MessageState.UNCONFIRMED, null, "-1", "no ********568")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "-5"})
    void anErrorBesideIdsIsNoProof(String code) {
        assertThat(verdict(Answers.json("{\"ErrCode\":" + code + ",\"result\":[536221499,536221500]}")))
                .isEqualTo(new Unconfirmed(
                        code,
                        "[\"536221499\",\"536221500\"]".replaceAll("\\d{6}(?=\\d{3})", "******"),
                        Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "-5"})
    void anErrorBesideWordsOrNothingIsOne(String code) {
        for (var result : List.of("[]", "[\"no user\",\"no 09121234568\"]")) {
            assertThat(verdict(Answers.json("{\"ErrCode\":" + code + ",\"result\":" + result + "}")))
                    .isInstanceOfAny(NotSent.class, Rejected.class);
        }
    }

    @Test
    void twoErrorCodesAreNoProof() {
        assertThat(verdict(Answers.envelope(
                        "<return><ErrCode>-1</ErrCode><ErrCode>0</ErrCode><result>no</result></return>")))
                .isEqualTo(new Unconfirmed("malformed", "", Optional.empty()));
        assertThat(verdict(Answers.json("{\"ErrCode\":0,\"ErrCode\":-1,\"result\":\"no\"}")))
                .isEqualTo(new Unconfirmed("malformed", "", Optional.empty()));
    }

    @Test
    void mixedResultsAreEachRecipientsOwn() {
        assertThat(verdict(Answers.json("{\"0\":" + one("-5") + ",\"1\":-3}")))
                .isEqualTo(accepted(
                        "",
                        new RecipientResult(MessageState.REJECTED, null, "-5", "no ********568"),
                        new RecipientResult(MessageState.UNCONFIRMED, null, "-3", "")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "OK",
                "Array",
                "12",
                "[null,null]",
                "[\"a b\",{}]",
                "[1]",
                "{\"result\":[1,2]}",
                "{\"ErrCode\":\"\",\"result\":[1,2]}",
                "{\"ErrCode\":\"none\",\"result\":[1,2]}",
                "[{\"ErrCode\":0,\"result\":1}]"
            })
    void whatSaysNothingOfSuccessIsUnconfirmed(String json) {
        assertThat(verdict(Answers.json(json))).isEqualTo(new Unconfirmed("malformed", "", Optional.empty()));
    }

    @Test
    void lineAndLetterHaveToAgree() {
        for (var body : List.of(Fixtures.read("send.struct.xml"), error("-1"), error("-5"))) {
            assertThat(SmspanelSendVerdict.of(Answers.of(500, body), BOTH))
                    .isEqualTo(new Unconfirmed("http_500", "", Optional.empty()));
        }
        assertThat(SmspanelSendVerdict.of(Answers.of(302, ""), BOTH))
                .isEqualTo(new Unconfirmed("http_302", "", Optional.empty()));
        assertThat(SmspanelSendVerdict.of(Answers.of(500, "<html>"), BOTH))
                .isEqualTo(new Unconfirmed("http_500", "", Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 500})
    void aFaultOfOursIsARefusalAndOneOfTheirsIsNot(int status) {
        assertThat(SmspanelSendVerdict.of(Answers.of(status, Answers.fault("SOAP-ENV:Client")), BOTH))
                .isEqualTo(new Rejected("fault", "no +*********567"));
        assertThat(SmspanelSendVerdict.of(Answers.of(status, Answers.fault("SOAP-ENV:Server")), BOTH))
                .isEqualTo(new Unconfirmed("fault", "no +*********567", Optional.empty()));
    }

    @Test
    void noAnswerIsWhatTheWireSays() {
        assertThat(SmspanelSendVerdict.of(new ProviderHttpResponse.NothingSent("dns"), BOTH))
                .isEqualTo(new NotSent(Cause.UNREACHABLE, "dns", ""));
        assertThat(SmspanelSendVerdict.of(
                        new ProviderHttpResponse.LostResponse("timeout", ProviderHttpResponse.Phase.SENT), BOTH))
                .isEqualTo(new Unconfirmed("timeout", "", Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "send.struct.xml",
                "send.map.xml",
                "send-multiple.struct.xml",
                "send-multiple.map.xml",
                "error.user.xml"
            })
    void cutAtAnyByteItIsUnconfirmed(String fixture) {
        var whole = Fixtures.read(fixture).getBytes(StandardCharsets.UTF_8);
        for (int cut = 0; cut < whole.length; cut++) {
            var completeResponse =
                    new ProviderHttpResponse.CompleteResponse(200, "text/xml", Arrays.copyOf(whole, cut));
            assertThat(SmspanelSendVerdict.of(completeResponse, BOTH))
                    .as("cut at %d", cut)
                    .isEqualTo(new Unconfirmed("malformed", "", Optional.empty()));
        }
    }

    /** A text of JSON that lost its end is a text. */
    @Test
    void cutInsideTheJsonItIsUnconfirmed() {
        var whole = "{\"ErrCode\":\"0\",\"result\":[536221499,536221500]}";
        for (int cut = 0; cut < whole.length(); cut++) {
            assertThat(verdict(Answers.json(whole.substring(0, cut))))
                    .as("cut at %d", cut)
                    .isEqualTo(new Unconfirmed("malformed", "", Optional.empty()));
        }
    }

    private static SendOutcome verdict(String body) {
        return SmspanelSendVerdict.of(Answers.of(body), BOTH);
    }

    private static String error(String code) {
        return Answers.json(one(code));
    }

    private static String one(String code) {
        return "{\"ErrCode\":\"" + code + "\",\"result\":\"no 09121234568\"}";
    }

    private static RecipientResult submitted(String id) {
        return new RecipientResult(MessageState.SUBMITTED, id, "", "");
    }

    private static Accepted accepted(String note, RecipientResult... results) {
        var reference = Arrays.stream(results)
                .map(RecipientResult::id)
                .filter(id -> id != null)
                .findFirst()
                .orElse(null);
        return new Accepted(reference, null, null, 0, note, List.of(results));
    }
}
