package hoopoe.provider.text421;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.provider.SendOutcome;
import hoopoe.provider.SendOutcome.Accepted;
import hoopoe.provider.SendOutcome.Cause;
import hoopoe.provider.SendOutcome.NotSent;
import hoopoe.provider.SendOutcome.Rejected;
import hoopoe.provider.SendOutcome.Unconfirmed;
import hoopoe.provider.http.ProviderHttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class Text421SendVerdictTest {

    private static final String OURS = "k3v9x1c7m2q5z0";
    private static final Accepted TAKEN = new Accepted(OURS, null, null, 0, "", List.of());

    private static SendOutcome of(int http, String body) {
        return of(http, body.getBytes(StandardCharsets.UTF_8));
    }

    private static SendOutcome of(int http, byte[] body) {
        return Text421SendVerdict.of(new ProviderHttpResponse.CompleteResponse(http, "text/html", body), OURS);
    }

    private static String xml(int status, String description, int recipients) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<response><status>" + status + "</status><description>"
                + description + "</description><recipients>" + recipients + "</recipients></response>";
    }

    private static Unconfirmed unconfirmed(SendOutcome outcome) {
        assertThat(outcome).isInstanceOf(Unconfirmed.class);
        var unconfirmed = (Unconfirmed) outcome;
        assertThat(unconfirmed.reference()).contains(OURS);
        return unconfirmed;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<?xml version=\"1.0\"?><response><status>200</status><description>OK</description><recipients>1</recipients></response>",
                "<response><status>200</status></response>",
                "\uFEFF \n<a:x xmlns:a=\"urn:x\"><y><a:Status> 200 </a:Status></y><a:RECIPIENTS>1</a:RECIPIENTS></a:x>",
                "<response><status><![CDATA[200]]></status><recipients><!-- all -->1</recipients></response>",
                "{\"status\":200,\"description\":\"OK\",\"recipients\":1}",
                "{\"response\":{\"status\":\"200\",\"recipients\":\"1\",\"description\":null}}",
                "[{\"status\":200}]",
                "{\"recipients\":1}",
                "OK",
                " ok\n",
                ""
            })
    void isTakenInEveryLayout(String body) {
        assertThat(of(200, body)).isEqualTo(TAKEN);
    }

    static Stream<String> refusals() {
        return Stream.of(
                "<response><status>400</status><description>unknown prefix 421999</description><recipients>0</recipients></response>",
                "<error><description>unknown prefix 421999</description></error>",
                "{\"status\":400,\"description\":\"unknown prefix 421999\",\"recipients\":0}",
                "{\"errors\":[{\"status\":\"400\",\"description\":\"unknown prefix 421999\"}]}",
                "ERROR 400, unknown prefix 421999",
                "error: 400 unknown prefix 421999",
                "unknown prefix 421999");
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void isRefusedInEveryLayout(String body) {
        assertThat(of(400, body)).isEqualTo(new Rejected("unknown_prefix", "400 unknown prefix 421999"));
    }

    @ParameterizedTest
    @CsvSource({
        "400, unknown prefix xxx, unknown_prefix",
        "400, unknown network Orange, unknown_network",
        "400, unknwon network Orange, unknown_network",
        "400, Unknown  Prefix, unknown_prefix",
        "400, missing incoming msg, missing_incoming_msg",
        "400, missing parameter rcv_msg_id, missing_parameter",
        "400, missing parameter id, missing_parameter",
        "400, missing parameter text, missing_parameter",
        "400, missing parameter recipients, missing_parameter",
        "400, unknown type, unknown_type",
        "400, something new, 400",
        "403, forbidden, 403",
        "404, not found, 404",
        "422, the unknown prefix, 422",
        "499, '', 499"
    })
    void everyDocumentedRefusalAndSomeThatAreNot(int status, String description, String code) {
        var expected = new Rejected(code, (status + " " + description.replace("  ", "  ")).strip());
        assertThat(of(status, xml(status, description, 0))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 200, 403})
    void wrongCredentialsAreNothingSent(int http) {
        assertThat(of(http, xml(401, "unknown username/password", 0)))
                .isEqualTo(new NotSent(Cause.REFUSED, "401", "unknown username/password"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "<html><body>Authorization Required</body></html>", "ERROR 401, unknown username/password"})
    void wrongCredentialsWhateverTheBody(String body) {
        assertThat(of(401, body)).isInstanceOfSatisfying(NotSent.class, refused -> assertThat(refused.cause())
                .isEqualTo(Cause.REFUSED));
    }

    /** The worse of HTTP and body status counts; what says both proves nothing. */
    @ParameterizedTest
    @CsvSource({
        "200, 400, rejected",
        "400, 200, http_400",
        "401, 200, http_401",
        "200, 500, http_500",
        "500, 200, http_500",
        "500, 400, http_500",
        "400, 500, http_500",
        "500, 401, http_500",
        "302, 200, http_302",
        "204, 200, http_204",
        "200, 302, http_302",
        "503, 500, http_503"
    })
    void theWorseOneCounts(int http, int body, String code) {
        var outcome = of(http, xml(body, "unknown type", body == 200 ? 1 : 0));
        if (code.equals("rejected")) {
            assertThat(outcome).isEqualTo(new Rejected("unknown_type", "400 unknown type"));
        } else {
            assertThat(unconfirmed(outcome).code()).isEqualTo(code);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 201, 202, 204, 301, 302, 303, 307, 308, 500, 502, 503, 504, 599})
    void aStatusAloneThatIsNoRefusalProvesNothing(int http) {
        assertThat(unconfirmed(of(http, "")).code()).isEqualTo("http_" + http);
        assertThat(unconfirmed(of(http, "OK")).code()).isEqualTo("http_" + http);
    }

    @Test
    void unknownErrorProvesNothingAndKeepsItsWords() {
        var unknown = unconfirmed(of(500, xml(500, "unknown error: database", 0)));
        assertThat(unknown.code()).isEqualTo("http_500");
        assertThat(unknown.text()).isEqualTo("unknown error: database");
    }

    /** A refusal that says anywhere that a person was charged releases nothing. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<r><status>401</status><recipients>1</recipients></r>",
                "<r><status>400</status><recipient><status>200</status></recipient></r>",
                "{\"status\":401,\"recipients\":[{\"status\":200}]}"
            })
    void aRefusalThatSaysThatItWasTakenProvesNothing(String body) {
        assertThat(unconfirmed(of(200, body)).code()).isEqualTo("http_200");
        assertThat(unconfirmed(of(401, body)).code()).isEqualTo("http_401");
    }

    /** The same where the body is broken: what can still be seen in it is a doubt. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<r><status>200</status><status>fine</status></r>",
                "<r><status>200</status><description>O",
                "<r><recipients>1</recip",
                "{\"status\": \"OK\", \"recipients\"",
                "{\"status\":200,\"status\":401}"
            })
    void aBrokenBodyThatSaysThatItWasTakenIsNoRefusal(String body) {
        assertThat(unconfirmed(of(400, body)).code()).isEqualTo("http_400");
        assertThat(unconfirmed(of(401, body)).code()).isEqualTo("http_401");
    }

    @Test
    void wordsAloneAreNoSuccess() {
        assertThat(unconfirmed(of(200, "<error><description>unknown prefix 421999</description></error>"))
                        .code())
                .isEqualTo("malformed");
        assertThat(of(200, "{\"description\":\"OK\"}")).isEqualTo(TAKEN);
    }

    @Test
    void takenOfNobodyIsUnconfirmed() {
        assertThat(unconfirmed(of(200, xml(200, "OK", 0))).code()).isEqualTo("partial");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><body>Maintenance</body></html>",
                "<html><body>Maintenance<br></body></html>",
                "<response><status>fine</status></response>",
                "<response><status>2000</status></response>",
                "<response><status></status></response>",
                "<response/>",
                "{}",
                "[]",
                "{\"status\":[]}",
                "{\"status\":200",
                "{\"status\":200} trailing",
                "<response><status>200</status></response><more/>",
                "prijaté",
                "ERROR",
                "OK but",
                "200",
                "\u0000"
            })
    void whatCannotBeReadIsUnconfirmed(String body) {
        assertThat(unconfirmed(of(200, body)).code()).isEqualTo("malformed");
    }

    @Test
    void attacksAreRefusedUnread() {
        var doctype = "<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>";
        var bomb = "<!DOCTYPE r [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]>";
        for (var attack : List.of(
                doctype + "<r><status>200</status><description>&x;</description></r>",
                "<!DOCTYPE r SYSTEM \"http://127.0.0.1:1/x.dtd\"><r><status>200</status></r>",
                bomb + "<r><status>200</status><description>&b;</description></r>",
                "<r><status>200</status><description>&unknown;</description></r>",
                "<a>".repeat(100_000),
                "[".repeat(100_000),
                "{\"a\":".repeat(100_000))) {
            assertThat(unconfirmed(of(200, attack)).code()).isEqualTo("malformed");
        }
        assertThat(of(400, doctype + "<r><description>&x;</description></r>")).isInstanceOf(Rejected.class);
    }

    /** Of a taken message no part of the answer says no; of a refused one none says yes, but where nothing is left at all. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void atEveryTruncationItSaysNothingWrong(int layout) {
        var taken = List.of(xml(200, "OK", 1), "{\"status\":200,\"description\":\"OK\",\"recipients\":1}", "OK")
                .get(layout)
                .getBytes(StandardCharsets.UTF_8);
        var refused = List.of(
                        xml(400, "unknown prefix 421999", 0),
                        "{\"status\":400,\"description\":\"unknown prefix 421999\",\"recipients\":0}",
                        "ERROR 400, unknown prefix 421999")
                .get(layout)
                .getBytes(StandardCharsets.UTF_8);
        for (int left = 0; left < taken.length; left++) {
            assertThat(of(200, Arrays.copyOf(taken, left))).isInstanceOfAny(Accepted.class, Unconfirmed.class);
        }
        for (int left = 0; left < refused.length; left++) {
            var part = Arrays.copyOf(refused, left);
            assertThat(of(400, part)).isInstanceOf(Rejected.class);
            assertThat(of(500, part)).isInstanceOf(Unconfirmed.class);
            assertThat(of(200, part)).isInstanceOfAny(left == 0 ? Accepted.class : Unconfirmed.class, Rejected.class);
        }
    }

    @Test
    void itAnswersToAnyBytes() {
        var random = new Random(421);
        var seed = xml(200, "čo €", 1).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 2_000; i++) {
            var body = seed.clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            assertThat(of(200, body)).isNotNull();
            assertThat(of(400, body)).isNotInstanceOf(Accepted.class);
            assertThat(of(503, body)).isInstanceOf(Unconfirmed.class);
        }
    }

    @Test
    void oldSlovakBytesAreRead() {
        var body = "<r><status>400</status><description>číslo neznáme</description></r>"
                .getBytes(Charset.forName("windows-1250"));
        assertThat(of(400, body)).isEqualTo(new Rejected("400", "400 číslo neznáme"));
    }

    @Test
    void wordsAreMaskedAndCut() {
        var rejected = (Rejected) of(400, xml(400, "bad number 421901727051 " + "x".repeat(1000), 0));
        assertThat(rejected.text()).startsWith("400 bad number *********051 x").hasSize(200);
        assertThat(Text421Response.read(xml(400, "421901727051", 0).getBytes(StandardCharsets.UTF_8)))
                .asString()
                .doesNotContain("421901727051");
    }

    @Test
    void whatNeverLeftWasNotSentAndWhatWasLostIsUnconfirmed() {
        assertThat(Text421SendVerdict.of(new ProviderHttpResponse.NothingSent("dns"), OURS))
                .isEqualTo(new NotSent(Cause.UNREACHABLE, "dns", ""));
        assertThat(Text421SendVerdict.of(
                        new ProviderHttpResponse.LostResponse("timeout", ProviderHttpResponse.Phase.SENT), OURS))
                .isEqualTo(new Unconfirmed("timeout", "", Optional.of(OURS)));
    }

    @Test
    void aLogHasTheStatusAndNoNumber() {
        var body = xml(200, "sent to 421905123456", 1).getBytes(StandardCharsets.UTF_8);
        assertThat(Text421Response.read(body)).hasToString("Text421Response[read, Optional[200], Optional[1]]");
    }
}
