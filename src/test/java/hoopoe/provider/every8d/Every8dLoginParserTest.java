package hoopoe.provider.every8d;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.provider.every8d.Every8dLogin.SessionKey;
import hoopoe.provider.every8d.Every8dLoginResult.LoggedIn;
import hoopoe.provider.every8d.Every8dLoginResult.LoginBusy;
import hoopoe.provider.every8d.Every8dLoginResult.LoginRefused;
import hoopoe.provider.every8d.Every8dLoginResult.MalformedLogin;
import hoopoe.provider.every8d.Every8dLoginResult.NoAnswer;
import hoopoe.provider.http.ProviderHttpResponse;
import hoopoe.provider.http.ProviderHttpResponse.Phase;
import hoopoe.provider.xml.SoapResponse;
import hoopoe.testing.OutsideDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Every8dLoginParserTest {

    private static final String FORM = "<SMS><GET_CONNECTION><CODE>%s</CODE><SESSION_KEY>%s</SESSION_KEY>"
            + "<DESCRIPTION>%s</DESCRIPTION></GET_CONNECTION></SMS>";

    private final Every8dLoginParser logins = new Every8dLoginParser();

    @Test
    void theRealFormHoldsAKey() {
        assertThat(read(Fixtures.read("connection.real.xml"), false))
                .isEqualTo(new LoggedIn("edc603f14336483ea71e4998f555b504"));
    }

    @Test
    void thePrintedFormIsReadWhereWeAreLenient() {
        var printed = Fixtures.read("connection.as-printed.xml");
        assertThat(read(printed, true)).isEqualTo(new LoggedIn("e9df35fce357589a8e78c44c3e2abcdd"));
        assertThat(read(printed, false)).isEqualTo(new MalformedLogin("xml"));
    }

    @Test
    void aKeyIsTrimmed() {
        assertThat(read(FORM.formatted(" 0 ", " \n k1 ", ""), false)).isEqualTo(new LoggedIn("k1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-100", "-101", "-999"})
    void credentialsAreRefused(String code) {
        assertThat(read(FORM.formatted(code, "ignored", "no"), false)).isEqualTo(new LoginRefused(code, "no"));
        assertThat(read(code + ",no", false)).isEqualTo(new LoginRefused(code, "no"));
        assertThat(read("{\"Result\":false,\"Msg\":\"" + code + ",no\"}", false))
                .isEqualTo(new LoginRefused(code, "no"));
    }

    @ParameterizedTest
    @CsvSource({"-97,-97", "-99,-99", "-1,-1", "-300,-300", "5,5", "-97.00,-97"})
    void anyOtherCodeIsForLater(String code, String expected) {
        assertThat(read(FORM.formatted(code, "ignored", "busy 0912345678"), false))
                .isEqualTo(new LoginBusy(expected, "busy *******678"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "<html/>",
                "<SMS/>",
                "<SMS><GET_CONNECTION/></SMS>",
                "<SMS><GET_CONNECTION><SESSION_KEY>k</SESSION_KEY></GET_CONNECTION></SMS>",
                "<SMS><GET_CONNECTION><CODE>0</CODE><SESSION_KEY> </SESSION_KEY></GET_CONNECTION></SMS>",
                "<SMS><GET_CONNECTION><CODE>0</CODE></GET_CONNECTION></SMS>",
                "<SMS><GET_CONNECTION><CODE>zero</CODE><SESSION_KEY>k</SESSION_KEY></GET_CONNECTION></SMS>",
                "<SMS><GET_CONNECTION><CODE>0</CODE><SESSION_KEY>k</SESSION_KEY></GET_CONNECTION></SMS><more/>",
                "<!DOCTYPE SMS [<!ENTITY k SYSTEM \"file:///etc/passwd\">]><SMS><GET_CONNECTION><CODE>0</CODE>"
                        + "<SESSION_KEY>&k;</SESSION_KEY></GET_CONNECTION></SMS>",
                "<!DOCTYPE SMS><SMS><GET_CONNECTION><CODE>0</CODE><SESSION_KEY>k</SESSION_KEY></GET_CONNECTION></SMS>"
            })
    void anythingElseIsMalformed(String text) {
        assertThat(read(text, true)).isInstanceOf(MalformedLogin.class);
    }

    @Test
    void nothingElsewhereIsFetched() throws Exception {
        try (var elsewhere = new OutsideDocument()) {
            elsewhere.isNotFetchedBy(
                    document -> read(document, true),
                    "<SMS><GET_CONNECTION><CODE>0</CODE><SESSION_KEY>&x;</SESSION_KEY></GET_CONNECTION></SMS>");
        }
    }

    @Test
    void cutAnywhereItIsNoKey() {
        var whole = Fixtures.read("connection.real.xml");
        for (int cut = 0; cut < whole.length(); cut++) {
            assertThat(read(whole.substring(0, cut), true)).as("cut at %d", cut).isInstanceOf(MalformedLogin.class);
        }
    }

    @Test
    void theLineDecidesWhereNoAnswerCame() {
        assertThat(logins.read(new ProviderHttpResponse.NothingSent("connect"), true))
                .isEqualTo(new NoAnswer(false, "connect"));
        assertThat(logins.read(new ProviderHttpResponse.LostResponse("timeout", Phase.SENT), true))
                .isEqualTo(new NoAnswer(true, "timeout"));
        assertThat(logins.read(SoapAnswers.of(503, "getConnection", new SoapResponse.UnreadableSoap()), true))
                .isEqualTo(new NoAnswer(true, "http_503"));
        assertThat(logins.read(SoapAnswers.of(500, "getConnection", new SoapResponse.SoapResult("-101,no")), true))
                .isEqualTo(new NoAnswer(true, "http_500"));
        assertThat(logins.read(SoapAnswers.of(200, "getConnection", new SoapResponse.UnreadableSoap()), true))
                .isEqualTo(new MalformedLogin("envelope"));
    }

    @Test
    void aKeyMasksItself() {
        assertThat(new LoggedIn("canary").toString() + new SessionKey("canary", 1))
                .doesNotContain("canary");
    }

    private Every8dLoginResult read(String text, boolean lenient) {
        return logins.read(SoapAnswers.of(200, "getConnection", new SoapResponse.SoapResult(text)), lenient);
    }
}
