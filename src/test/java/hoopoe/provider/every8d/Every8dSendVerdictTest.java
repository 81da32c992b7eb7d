package hoopoe.provider.every8d;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.message.MessageState;
import hoopoe.provider.SendOutcome;
import hoopoe.provider.SendOutcome.Accepted;
import hoopoe.provider.SendOutcome.Cause;
import hoopoe.provider.SendOutcome.NotSent;
import hoopoe.provider.SendOutcome.RecipientResult;
import hoopoe.provider.SendOutcome.Rejected;
import hoopoe.provider.SendOutcome.Unconfirmed;
import hoopoe.provider.http.ProviderHttpResponse;
import hoopoe.provider.http.ProviderHttpResponse.Phase;
import hoopoe.provider.xml.SoapResponse;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Every8dSendVerdictTest {

    private static final String GUID = "65408eb7-1df2-449c-9cb9-4a9162c70cda";
    private static final String UNKNOWN_ACTION =
            "Server did not recognize the value of HTTP Header SOAPAction: http://tempuri.org/sendMessage.";

    @Test
    void takenIsAccepted() {
        assertThat(result(200, "4.0,2,2.0,0," + GUID)).isEqualTo(accepted("4.0", "2.0", 0, ""));
    }

    @ParameterizedTest
    @CsvSource({
        "'0.00,1,1.0,2',0.00,1.0,2,partial",
        "'80.00,3,1,2',80.00,1,2,partial",
        "'80.00,0,0,0',80.00,0,0,nothing_sent",
        "'0.00,0,0.0,1',0.00,0.0,1,nothing_sent",
        "'1230.00,4,4.2',1230.00,4.2,0,ambiguous_cost",
        "'1230.00,4,4.0',1230.00,4.0,0,''"
    })
    void anOddAnswerIsAcceptedWithANote(String text, String credit, String cost, int unsent, String note) {
        assertThat(result(200, text + ',' + GUID)).isEqualTo(accepted(credit, cost, unsent, note));
    }

    /** Recipients that are not named are not guessed; if all failed, each failed. */
    @ParameterizedTest
    @ValueSource(strings = {"1.00,0,0,2", "1.00,0,0,3", "0.00,0.0,0.0,2.0"})
    void aBatchOfWhichNothingWasSentIsRejectedAndKeepsItsReference(String text) {
        var none = new RecipientResult(MessageState.REJECTED, null, "nothing_sent", "");

        assertThat(result(200, text + ',' + GUID)).isInstanceOfSatisfying(Accepted.class, taken -> {
            assertThat(taken.reference()).isEqualTo(GUID);
            assertThat(taken.results()).containsExactly(none, none);
            assertThat(taken.note()).isEqualTo("nothing_sent");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.00,0,0,1", "1.00,1,1,1", "1.00,1,1,2", "1.00,2,0,2"})
    void ofAPartNobodyIsRejectedBeforeTheRowsSayWho(String text) {
        assertThat(result(200, text + ',' + GUID))
                .isInstanceOfSatisfying(
                        Accepted.class, taken -> assertThat(taken.results()).isEmpty());
    }

    @Test
    void aDeadSessionProvesThatNothingWasSent() {
        assertThat(result(200, "-301,gone")).isEqualTo(new NotSent(Cause.SESSION_DEAD, "-301", "gone"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-100", "-101", "-999"})
    void refusedCredentialsProveThatNothingWasSent(String code) {
        assertThat(result(200, code + ",no")).isEqualTo(new NotSent(Cause.REFUSED, code, "no"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-99", "-97"})
    void aCodeThatSaysNothingIsUnconfirmed(String code) {
        assertThat(result(200, code + ",who knows")).isEqualTo(new Unconfirmed(code, "who knows", Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-306", "-1", "-2", "-3", "-4", "-5", "-6", "-20", "-24", "-27", "-98", "-300", "-314", "-77777"
            })
    void everyOtherCodeIsARejection(String code) {
        assertThat(result(200, code + ",no")).isEqualTo(new Rejected(code, "no"));
        assertThat(result(200, code)).isEqualTo(new Rejected(code, ""));
    }

    @Test
    void aRejectionRepeatsNoNumber() {
        assertThat(result(200, "-306,手機格式不符:+1-202-895-1800,0900000001/0900000002"))
                .isEqualTo(new Rejected("-306", "手機格式不符:+*-***-***-*800,*******001/*******002"));
    }

    @Test
    void anOverdrawnAccountIsUnconfirmedAndKeepsItsBatch() {
        assertThat(result(200, "-12.50,3,3,0," + GUID)).isEqualTo(new Unconfirmed("malformed", "", Optional.of(GUID)));
    }

    @Test
    void aMalformedResultIsUnconfirmed() {
        assertThat(result(200, "")).isEqualTo(unconfirmed("malformed"));
        assertThat(result(200, "OK")).isEqualTo(unconfirmed("malformed"));
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 202, 204, 302, 400, 401, 403, 404, 500, 503})
    void whereStatusAndBodyDisagreeItIsUnconfirmed(int status) {
        assertThat(result(status, "4.0,2,2.0,0," + GUID))
                .isEqualTo(new Unconfirmed("http_" + status, "", Optional.of(GUID)));
        for (var no : List.of("-301", "-101,x", "-306,x")) {
            assertThat(result(status, no)).isEqualTo(unconfirmed("http_" + status));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 401, 404, 429, 500, 502, 503, 504})
    void aStatusWithoutABodyIsUnconfirmed(int status) {
        assertThat(verdict(status, new SoapResponse.UnreadableSoap())).isEqualTo(unconfirmed("http_" + status));
    }

    @Test
    void anUnreadableBodyIsUnconfirmed() {
        assertThat(verdict(200, new SoapResponse.UnreadableSoap())).isEqualTo(unconfirmed("malformed"));
    }

    @Test
    void anUnknownOperationIsRejected() {
        assertThat(verdict(500, new SoapResponse.SoapFault("Client", UNKNOWN_ACTION)))
                .isEqualTo(new Rejected("not_supported_by_provider", UNKNOWN_ACTION));
        assertThat(verdict(400, new SoapResponse.SoapFault("Sender", UNKNOWN_ACTION)))
                .isInstanceOf(Rejected.class);
    }

    /** ASP.NET's own sentences, by SOAP 1.2. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Unable to handle request. The action 'http://tempuri.org/sendMessage' was not recognized.",
                "System.Web.Services.Protocols.SoapException: Unable to handle request. The action '' was not recognized."
                        + " The request element was 'x'."
            })
    void anUnknownOperationIsRejectedInVersion12Too(String sentence) {
        assertThat(verdict(500, new SoapResponse.SoapFault("Sender", sentence)))
                .isEqualTo(new Rejected("not_supported_by_provider", sentence));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Unable to handle request.",
                "The action was not recognized.",
                "Server was unable to read request."
            })
    void aSentenceThatDoesNotSayThatIsUnconfirmed(String sentence) {
        assertThat(verdict(500, new SoapResponse.SoapFault("Sender", sentence)))
                .isEqualTo(new Unconfirmed("http_500", sentence, Optional.empty()));
    }

    @Test
    void anUnknownOperationWithStatus200IsUnconfirmed() {
        assertThat(verdict(200, new SoapResponse.SoapFault("Client", UNKNOWN_ACTION)))
                .isEqualTo(new Unconfirmed("fault", UNKNOWN_ACTION, Optional.empty()));
    }

    @Test
    void anyOtherFaultIsUnconfirmed() {
        assertThat(verdict(500, new SoapResponse.SoapFault("Server", "Server was unable to process +886912345678")))
                .isEqualTo(new Unconfirmed("http_500", "Server was unable to process +*********678", Optional.empty()));
        assertThat(verdict(400, new SoapResponse.SoapFault("Client", "no")))
                .isEqualTo(new Unconfirmed("http_400", "no", Optional.empty()));
    }

    @Test
    void theLineDecidesWhereNoAnswerCame() {
        assertThat(Every8dSendVerdict.of(new ProviderHttpResponse.NothingSent("tls"), "sendSMS", 2))
                .isEqualTo(new NotSent(Cause.UNREACHABLE, "tls", ""));
        assertThat(Every8dSendVerdict.of(new ProviderHttpResponse.LostResponse("timeout", Phase.SENT), "sendSMS", 2))
                .isEqualTo(unconfirmed("timeout"));
    }

    private static SendOutcome result(int status, String text) {
        return verdict(status, new SoapResponse.SoapResult(text));
    }

    private static SendOutcome verdict(int status, SoapResponse answer) {
        return Every8dSendVerdict.of(SoapAnswers.of(status, "sendSMS", answer), "sendSMS", 2);
    }

    private static Accepted accepted(String credit, String cost, int unsent, String note) {
        return new Accepted(GUID, new BigDecimal(credit), new BigDecimal(cost), unsent, note, List.of());
    }

    private static Unconfirmed unconfirmed(String code) {
        return new Unconfirmed(code, "", Optional.empty());
    }
}
