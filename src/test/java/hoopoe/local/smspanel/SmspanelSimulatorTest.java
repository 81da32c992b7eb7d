package hoopoe.local.smspanel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hoopoe.local.wire.Fault;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The simulator over the wire, against what the PHP stacks were measured to write. */
@Timeout(120)
class SmspanelSimulatorTest {
    private static final String ONE = "09121234567";
    private static final String TWO = "09121234568";
    private static final List<String> BOTH = List.of(ONE, TWO);

    private final SmspanelSimulator simulator = SmspanelSimulator.start();
    private final Account account =
            simulator.account("demo", "secret").number("3000123").credit("12345.5");
    private final Caller caller = new Caller(simulator);

    @AfterEach
    void close() {
        simulator.close();
    }

    @ParameterizedTest
    @CsvSource({
        "credit, NUSOAP_STRUCT, struct",
        "credit, EXT_MAP, map",
        "send, NUSOAP_STRUCT, struct",
        "send, EXT_MAP, map",
        "status, NUSOAP_STRUCT, struct",
        "status, EXT_MAP, map",
        "inbox, NUSOAP_STRUCT, struct",
        "inbox, EXT_MAP, map"
    })
    void aMeasuredCallHasItsMeasuredAnswer(String call, Switch.Style style, String answer) throws IOException {
        simulator.switches().set(style);
        if (call.equals("status")) {
            caller.post(fixture("send.request"));
            simulator.report(536221499, 4);
        }
        simulator.clock().moveTo(Instant.ofEpochSecond(1_400_000_000));
        if (call.equals("status")) {
            simulator.report(536221499, 4);
            simulator.report(536221500, 1);
        } else if (call.equals("inbox")) {
            simulator.receive(account, "+989121234567", "3000123", "سلام");
        }
        assertThat(caller.post(fixture(call + ".request")).body()).isEqualTo(fixture(call + '.' + answer));
    }

    @Test
    void anErrorAndAnEmptyInboxAndAFaultAreAsMeasured() throws IOException {
        assertThat(caller.post(fixture("inbox.request")).body()).isEqualTo(fixture("empty-inbox"));
        account.password("other");
        assertThat(caller.post(fixture("send.request")).body()).isEqualTo(fixture("error.user"));
        HttpResponse<String> fault = caller.call("Nope");
        assertThat(fault.statusCode()).isEqualTo(500);
        assertThat(fault.body()).isEqualTo(fixture("fault"));
    }

    @ParameterizedTest
    @CsvSource({
        "NUSOAP_STRUCT, '<result xsi:type=\"xsd:string\">سلام</result>'",
        "JSON_STRING, '{\"ErrCode\":\"0\",\"result\":\"\\u0633\\u0644\\u0627\\u0645\"}'"
    })
    void theCharsetCanBeALie(Switch.Style style, String part) {
        simulator.switches().set(style).set(Switch.Charset.DECLARED_LATIN);
        simulator.faults().next("GetCredit", Fault.says("سلام"));
        HttpResponse<String> answer = caller.call("GetCredit", "user", "demo", "pass", "secret");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/xml; charset=ISO-8859-1");
        assertThat(answer.body())
                .startsWith("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>")
                .contains(part);
    }

    @Test
    void refusals() {
        assertThat(send("wrong", "3000123", BOTH)).contains(">-1<");
        assertThat(send("secret", "3000999", BOTH)).contains(">-5<");
        assertThat(sendMultiple(BOTH, List.of("a"))).contains(">-4<");
        var many = IntStream.range(0, 61).mapToObj("0912%07d"::formatted).toList();
        assertThat(send("secret", "3000123", many)).contains(">-2<");
        assertThat(sendMultiple(many, many)).contains(">-2<");
        assertThat(simulator.messages()).isEmpty();
    }

    @Test
    void repeatsAreRemovedAndCounted() {
        assertThat(send("secret", "3000123", List.of(ONE, "+989121234567", TWO)))
                .contains("xsd:int[2]");
        assertThat(simulator.messages()).extracting(SentMessage::to).containsExactly(ONE, TWO);
        assertThat(account.credit()).isEqualByComparingTo("12343.5");
        var same = Collections.nCopies(61, ONE);
        assertThat(send("secret", "3000123", same)).contains(">-2<");
        simulator.switches().set(Switch.Limit.AFTER_REPEATS);
        assertThat(send("secret", "3000123", same)).contains("xsd:int[1]");
        simulator.switches().set(Switch.Repeats.IN_BOTH);
        assertThat(sendMultiple(List.of(ONE, ONE), List.of("a", "b"))).contains("[1]");
    }

    @Test
    void aSendErrorOfEitherKind() {
        simulator.switches().set(Switch.SendError.CALL_NOT_SENT);
        assertThat(send("secret", "3000123", BOTH)).contains(">-3<");
        assertThat(simulator.messages()).isEmpty();
        simulator.switches().set(Switch.SendError.CALL_BUT_SENT);
        assertThat(send("secret", "3000123", BOTH)).contains(">-3<");
        assertThat(simulator.messages()).hasSize(2);
        simulator.switches().set(Switch.SendError.EVERY_SECOND);
        assertThat(sendMultiple(BOTH, BOTH)).contains(">0<").contains(">-3<");
        assertThat(simulator.messages()).hasSize(3);
    }

    @Test
    void aBadLoginOfManyIsOneErrorOrAsManyAsThereAre() {
        account.password("other");
        assertThat(sendMultiple(BOTH, BOTH)).containsOnlyOnce("<ErrCode");
        simulator.switches().set(Switch.BadLogin.EACH);
        assertThat(sendMultiple(BOTH, BOTH).split("<ErrCode")).hasSize(3);
    }

    @Test
    void placeCountsWhereNamesDoNot() {
        simulator.switches().set(Switch.Parameters.POSITIONAL);
        assertThat(caller.call("GetCredit", "x", "demo", "y", "secret").body()).contains("12345.5");
        assertThat(caller.call("GetCredit", "pass", "secret", "user", "demo").body())
                .contains(">-1<");
    }

    @Test
    void anUntypedArrayIsNoneToPhp() {
        var body = Caller.envelope("<n:SendSMS xmlns:n=\"urn:any\">" + Caller.part("user", "demo")
                + Caller.part("pass", "secret") + Caller.part("fromNum", "3000123")
                + "<toNum><item>09121234567</item></toNum>" + Caller.part("messageContent", "a") + "</n:SendSMS>");
        HttpResponse<String> answer = caller.post(body);
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("SOAP-ENV:Server");
        assertThat(simulator.messages()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no xml",
                "<e:Envelope xmlns:e=\"http://www.w3.org/2003/05/soap-envelope\"><e:Body/></e:Envelope>",
                "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>"
            })
    void whatIsNoCallIsAFault(String body) {
        HttpResponse<String> answer = caller.post(body);
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("SOAP-ENV:Client");
    }

    @Test
    void aDescriptionIsNoCall() {
        assertThat(caller.get("?wsdl").body()).contains("urn:smsserver");
        assertThat(caller.get("").statusCode()).isEqualTo(200);
    }

    @Test
    void theInboxGivesTheLastFiftyUnread() {
        for (int i = 0; i < 70; i++) {
            simulator.receive(account, "+989121234567", "3000123", "n" + i);
        }
        assertThat(inbox()).contains("[50]").contains(">n20<").contains(">n69<").doesNotContain(">n19<");
        assertThat(inbox()).contains("[20]").contains(">n0<").contains(">n19<");
        assertThat(inbox()).contains("anyType[0]");
        simulator.switches().set(Switch.EmptyInbox.NIL);
        assertThat(inbox()).contains("nil");
        simulator.switches().set(Switch.Reading.KEEPS).set(Switch.OneMessage.BARE);
        simulator.receive(account, "+989121234567", "3000123", "kept");
        assertThat(inbox()).contains(">kept<").doesNotContain("<item>");
        assertThat(inbox()).contains(">kept<");
    }

    @Test
    void fatesHappenInTime() {
        var numbers = List.of("09120000901", "09120000903", "09120000906", "09120000907", "09120000908", "09120000909");
        send("secret", "3000123", numbers);
        assertThat(simulator.messages()).extracting(SentMessage::status).containsOnly(1);
        simulator.clock().advance(Duration.ofSeconds(3));
        assertThat(simulator.messages()).extracting(SentMessage::status).containsExactly(5, 2, 6, 4, 1, 3);
        simulator.clock().advance(Duration.ofSeconds(30));
        assertThat(simulator.messages()).extracting(SentMessage::status).containsExactly(5, 2, 6, 4, 4, 3);
        assertThat(simulator.inbox()).singleElement().satisfies(reply -> assertThat(reply.from())
                .isEqualTo("+989120000907"));
    }

    @Test
    void thePartsThatAreItsOwnCanBeSeenAndChangedByHand() throws IOException {
        json(
                "PUT",
                "/_sim/accounts",
                "{\"user\": \"more\", \"password\": \"p\", \"number\": \"1\", \"credit\": \"7\"}");
        assertThat(caller.call("GetCredit", "user", "more", "pass", "p").body()).contains(">7<");
        json(
                "POST",
                "/_sim/inbox",
                "{\"user\": \"more\", \"from\": \"+989120000001\", \"to\": \"1\", \"text\": \"x\"}");
        assertThat(json("GET", "/_sim/inbox", "")).hasSize(1);
        send("secret", "3000123", BOTH);
        var id = json("GET", "/_sim/messages", "").get(1).get("id").asLong();
        json("POST", "/_sim/statuses", "{\"id\": " + id + ", \"status\": 6}");
        assertThat(json("GET", "/_sim/messages", "").get(1).get("status").asInt())
                .isEqualTo(6);
        json("PUT", "/_sim/switches", "{\"Style\": \"JSON_STRING\"}");
        assertThat(caller.call("GetCredit", "user", "more", "pass", "p").body()).contains("{\"ErrCode\":\"0\"");
        assertThat(json("GET", "/_sim/wire?operation=GetCredit", "").get("exchanges"))
                .hasSize(2);
        assertThat(json("GET", "/_sim", "").toString()).contains("/_sim/statuses");
    }

    private String send(String password, String from, List<String> to) {
        return caller.call(
                        "SendSMS",
                        "user",
                        "demo",
                        "pass",
                        password,
                        "fromNum",
                        from,
                        "toNum",
                        to,
                        "messageContent",
                        "a")
                .body();
    }

    private String sendMultiple(List<String> to, List<String> texts) {
        return caller.call(
                        "SendMultipleSMS",
                        "user",
                        "demo",
                        "pass",
                        "secret",
                        "fromNum",
                        "3000123",
                        "toNums",
                        to,
                        "messageContents",
                        texts)
                .body();
    }

    private String inbox() {
        return caller.call("GetMsg", "user", "demo", "pass", "secret").body();
    }

    private JsonNode json(String method, String path, String body) throws IOException {
        var answer =
                Caller.send(HttpRequest.newBuilder(URI.create(simulator.server().address() + path))
                        .method(method, BodyPublishers.ofString(body)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }

    private static String fixture(String name) throws IOException {
        try (var in = SmspanelSimulatorTest.class.getResourceAsStream("/hoopoe/provider/smspanel/" + name + ".xml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
