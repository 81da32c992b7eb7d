package hoopoe.provider.every8d;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.provider.every8d.LoginAnswer.Busy;
import hoopoe.provider.every8d.LoginAnswer.Key;
import hoopoe.provider.every8d.LoginAnswer.Malformed;
import hoopoe.provider.every8d.LoginAnswer.NoAnswer;
import hoopoe.provider.every8d.LoginAnswer.Refused;
import hoopoe.provider.soap.SoapAnswer;
import hoopoe.provider.soap.SoapReply;
import hoopoe.testing.OutsideDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTextTest {

    private static final String FORM = "<SMS><GET_CONNECTION><CODE>%s</CODE><SESSION_KEY>%s</SESSION_KEY>"
            + "<DESCRIPTION>%s</DESCRIPTION></GET_CONNECTION></SMS>";

    private final LoginText logins = new LoginText();

    @Test
    void theRealFormHoldsAKey() {
        assertThat(read(Fixtures.read("connection.real.xml"), false))
                .isEqualTo(new Key("edc603f14336483ea71e4998f555b504"));
    }

    @Test
    void thePrintedFormIsReadWhereWeAreLenient() {
        var printed = Fixtures.read("connection.as-printed.xml");
        assertThat(read(printed, true)).isEqualTo(new Key("e9df35fce357589a8e78c44c3e2abcdd"));
        assertThat(read(printed, false)).isEqualTo(new Malformed("xml"));
    }

    @Test
    void aKeyIsTrimmed() {
        assertThat(read(FORM.formatted(" 0 ", " \n k1 ", ""), false)).isEqualTo(new Key("k1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-100", "-101", "-999"})
    void credentialsAreRefused(String code) {
        assertThat(read(FORM.formatted(code, "ignored", "no"), false)).isEqualTo(new Refused(code, "no"));
        assertThat(read(code + ",no", false)).isEqualTo(new Refused(code, "no"));
        assertThat(read("{\"Result\":false,\"Msg\":\"" + code + ",no\"}", false))
                .isEqualTo(new Refused(code, "no"));
    }

    @ParameterizedTest
    @CsvSource({"-97,-97", "-99,-99", "-1,-1", "-300,-300", "5,5", "-97.00,-97"})
    void anyOtherCodeIsForLater(String code, String expected) {
        assertThat(read(FORM.formatted(code, "ignored", "busy 0912345678"), false))
                .isEqualTo(new Busy(expected, "busy *******678"));
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
        assertThat(read(text, true)).isInstanceOf(Malformed.class);
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
            assertThat(read(whole.substring(0, cut), true)).as("cut at %d", cut).isInstanceOf(Malformed.class);
        }
    }

    @Test
    void theLineDecidesWhereNoAnswerCame() {
        assertThat(logins.read(new SoapReply.NothingSent("connect"), true)).isEqualTo(new NoAnswer(false, "connect"));
        assertThat(logins.read(new SoapReply.Lost("timeout"), true)).isEqualTo(new NoAnswer(true, "timeout"));
        assertThat(logins.read(new SoapReply.Answered(503, new SoapAnswer.Unreadable()), true))
                .isEqualTo(new NoAnswer(true, "http_503"));
        assertThat(logins.read(new SoapReply.Answered(500, new SoapAnswer.Result("-101,no")), true))
                .isEqualTo(new NoAnswer(true, "http_500"));
        assertThat(logins.read(new SoapReply.Answered(200, new SoapAnswer.Unreadable()), true))
                .isEqualTo(new Malformed("envelope"));
    }

    @Test
    void aKeyMasksItself() {
        assertThat(new Key("canary").toString() + new SessionKey("canary", 1)).doesNotContain("canary");
    }

    private LoginAnswer read(String text, boolean lenient) {
        return logins.read(new SoapReply.Answered(200, new SoapAnswer.Result(text)), lenient);
    }
}
