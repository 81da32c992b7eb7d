package hoopoe.local.text421;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hoopoe.local.stage.CallbackAttempt;
import hoopoe.local.stage.FixedJob;
import hoopoe.local.wire.Answer;
import hoopoe.local.wire.WireServer;
import hoopoe.testing.Await;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By the providers' documents, with requests put together by hand. */
class Text421SimulatorTest {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String SEED = """
            <sms>
              <username>demo</username>
              <password>secret</password>
              <billing>
               <billkey>1234</billkey>
               <from>7401</from>
              </billing>
              <message>
               <text>Test SMS</text>
              </message>
              <recipients>
               <recipient>
                 <id>123456</id>
                 <rcv_msg_id>RCV</rcv_msg_id>
                 <msisdn>421901727051</msisdn>
               </recipient>
              </recipients>
            </sms>
            """;

    private volatile Answer answer = Answer.of(200, "text/plain", "OK");
    private final WireServer receiver =
            WireServer.bind(0, request -> new FixedJob("push", answer)).begin();
    private final Text421Simulator simulator = Text421Simulator.start();
    private Account account = simulator.account("demo", "secret");

    @BeforeEach
    void open() {
        account.callback(URI.create(receiver.address() + "/cb/token"));
        simulator.clock().moveTo(Instant.parse("2027-07-04T10:00:00Z"));
    }

    @AfterEach
    void close() {
        simulator.close();
        receiver.close();
    }

    private String receive() {
        return simulator
                .receive(account, "421901727051", "Test Message č", "7401")
                .receivedId();
    }

    private HttpResponse<String> post(String path, String contentType, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(simulator.url() + path)).timeout(Duration.ofSeconds(20));
        if (!contentType.isEmpty()) {
            request.header("Content-Type", contentType);
        }
        return HTTP.send(request.POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> send(String xml) throws Exception {
        return post("/billsms/xml", "text/xml; charset=utf-8", xml);
    }

    private List<String> pushed(int count) throws Exception {
        Await.until("pushed", () -> receiver.log().count("push"), seen -> seen >= count);
        return receiver.log().exchanges("push").stream()
                .map(exchange -> exchange.request().target())
                .toList();
    }

    @Test
    void theSeedsSampleIsTakenWithAndWithoutSlashAndDeclaration() throws Exception {
        String xml = SEED.replace("RCV", receive());
        for (String path : List.of("/billsms/xml", "/billsms/xml/")) {
            for (String type : List.of("text/xml", "application/xml", "")) {
                HttpResponse<String> answer = post(path, type, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + xml);
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body())
                        .isEqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<response><status>200</status>"
                                + "<description>OK</description><recipients>1</recipients></response>");
                assertThat(post(path, type, xml).statusCode()).isEqualTo(200);
            }
        }
        assertThat(simulator.messages()).hasSize(12).extracting(SentMessage::id).containsOnly("123456");
    }

    @ParameterizedTest
    @CsvSource({
        "demo, nobody, 401, unknown username/password",
        "secret, wrong, 401, unknown username/password",
        "<recipients>(?s:.*)</recipients>, <recipients/>, 400, missing parameter recipients",
        "<id>123456</id>, '', 400, missing parameter id",
        "<rcv_msg_id>\\d+</rcv_msg_id>, '', 400, missing parameter rcv_msg_id",
        "<text>Test SMS</text>, <text></text>, 400, missing parameter text",
        "<text>Test SMS</text>, <text>a</text><type>utf8</type>, 400, unknown type",
        "<rcv_msg_id>\\d+, <rcv_msg_id>1, 400, missing incoming msg",
        "421901727051, 421999123456, 400, unknown prefix 421999",
        "421901727051, 420601234567, 400, unknown prefix 420601",
        "421901727051, 421905123456, 400, unknown network O",
        "<text>Test SMS</text>, <text>a</text><delivery>soon</delivery>, 500, unknown error",
        "<from>7401</from>, <from>7401</from><strange/>, 500, unknown error",
        "</sms>, '', 500, unknown error"
    })
    void everyErrorOfTheDocument(String part, String other, int status, String description) throws Exception {
        simulator.networks().close("O");
        HttpResponse<String> answer = send(SEED.replace("RCV", receive()).replaceFirst(part, other));
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body())
                .contains("<status>" + status + "</status><description>" + description + "</description>");
        assertThat(simulator.messages()).isEmpty();
    }

    @Test
    void theOrderOfElementsIsKeptOrNot() throws Exception {
        String xml =
                SEED.replace("RCV", receive()).replace("<text>Test SMS</text>", "<type>binary</type><text>0A</text>");
        assertThat(send(xml).statusCode()).isEqualTo(500);
        simulator.switches().set(Switch.ElementOrder.ANY);
        assertThat(send(xml).statusCode()).isEqualTo(200);
    }

    @Test
    void aBadRecipientRefusesAllOrIsLeftOut() throws Exception {
        String one = SEED.replace("RCV", receive());
        String two = one.replace(
                "</recipients>",
                "<recipient><id>2</id><rcv_msg_id>1</rcv_msg_id><msisdn>421901727053</msisdn></recipient></recipients>");
        assertThat(send(two).statusCode()).isEqualTo(400);
        assertThat(simulator.messages()).isEmpty();
        simulator.switches().set(Switch.BadRecipient.IS_LEFT_OUT);
        assertThat(send(two).body()).contains("<status>200</status>", "<recipients>1</recipients>");
        assertThat(simulator.messages()).hasSize(1);
    }

    @Test
    void aSecondChargeIsTakenOrNot() throws Exception {
        String xml = SEED.replace("RCV", receive());
        assertThat(send(xml).statusCode()).isEqualTo(200);
        assertThat(send(xml).statusCode()).isEqualTo(200);
        simulator.switches().set(Switch.Reuse.MISSING_INCOMING_MSG);
        assertThat(send(xml).body()).contains("missing incoming msg");
        simulator.switches().set(Switch.Reuse.TAKEN).set(Switch.SameId.UNKNOWN_ERROR);
        assertThat(send(xml).statusCode()).isEqualTo(500);
        assertThat(simulator.messages()).hasSize(2);
    }

    @Test
    void aReceivedSmsIsPushedAsTheHelpPageShowsIt() throws Exception {
        String receivedId = receive();
        assertThat(pushed(1))
                .containsExactly("/cb/token?id=1&rcv_msg_id=" + receivedId
                        + "&time=2027-07-04%2012%3A00%3A00&msisdn=421901727051&text=Test%20Message%20%C4%8D"
                        + "&source=7401&type=sms&operator=M");
        simulator.switches().set(Switch.ReceivedId.NONE).set(Switch.PushBlank.PLUS);
        assertThat(receive()).isEmpty();
        assertThat(pushed(2))
                .anySatisfy(url -> assertThat(url).startsWith("/cb/token?id=2&time=2027-07-04+12%3A00%3A0"));
    }

    @ParameterizedTest
    @CsvSource({"421901727051, 2", "421901727901, 5", "421901727903, 8", "421901727904, 3", "421901727905, 127"})
    void whatBecomesOfAMessageIsPushed(String msisdn, int status) throws Exception {
        send(SEED.replace("RCV", receive()).replace("421901727051", msisdn));
        simulator.clock().advance(Duration.ofSeconds(2));
        assertThat(pushed(2)).anySatisfy(url -> assertThat(url)
                .matches("/cb/token\\?id=123456&time=2027-07-04%2012%3A00%3A0\\d&status=" + status));
    }

    @Test
    void whoIsChargedMayWriteAgain() throws Exception {
        send(SEED.replace("RCV", receive()).replace("421901727051", "421901727907"));
        simulator.clock().advance(Duration.ofSeconds(5));
        assertThat(pushed(3))
                .anySatisfy(url -> assertThat(url).contains("msisdn=421901727907", "rcv_msg_id=", "text=%C4%8Fakujem"));
    }

    @Test
    void aPushIsRepeatedUntilItIsAnsweredWithOk() throws Exception {
        answer = Answer.of(200, "text/plain", "ok, thanks");
        receive();
        pushed(1);
        Await.until("not taken", simulator::pushes, attempts -> attempts.size() == 1);
        answer = Answer.of(503, "text/plain", "OK");
        Await.until("again", () -> advanced(Duration.ofSeconds(5)), attempts -> attempts.size() >= 2);
        answer = Answer.of(200, "text/plain", " OK\n");
        var attempts = Await.until("taken", () -> advanced(Duration.ofSeconds(5)), all -> all.get(all.size() - 1)
                .taken());
        assertThat(attempts).extracting(CallbackAttempt::number).startsWith(1, 2);
        assertThat(attempts.subList(0, attempts.size() - 1)).noneMatch(CallbackAttempt::taken);
    }

    private List<CallbackAttempt> advanced(Duration time) {
        simulator.clock().advance(time);
        return simulator.pushes();
    }

    @Test
    void aPushIsGivenUpAfterADay() throws Exception {
        answer = Answer.of(500, "text/plain", "");
        receive();
        Await.until("given up", () -> advanced(Duration.ofSeconds(5)), attempts -> attempts.size() == 25);
        var after = advanced(Duration.ofDays(1));
        assertThat(after).hasSize(25);
    }

    @Test
    void whatIsForLaterHappensLater() throws Exception {
        send(SEED.replace("RCV", receive())
                .replace("<text>Test SMS</text>", "<text>a</text><delivery>2027-07-04 13:00:00</delivery>"));
        simulator.clock().advance(Duration.ofMinutes(59));
        assertThat(simulator.messages().get(0).status()).isZero();
        simulator.clock().advance(Duration.ofMinutes(2));
        assertThat(simulator.messages().get(0).status()).isEqualTo(SentMessage.DELIVERED);
    }

    @Test
    void deliveriesCanBeAskedFor() throws Exception {
        send(SEED.replace("RCV", receive()));
        String question =
                "{\"username\":\"demo\",\"password\":\"secret\",\"deliveries\":[{\"id\":\"123456\"},{\"id\":\"9\"}]}";
        assertThat(post("/delivery/json/", "", question).body()).contains("\"status\":\"waiting\"");
        simulator.report("123456", SentMessage.FAILED);
        JsonNode rows = new ObjectMapper()
                .readTree(post("/delivery/json", "", question).body())
                .get("delivery");
        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).get("id").asText()).isEqualTo("123456");
        assertThat(rows.get(0).get("status").asText()).isEqualTo("undeliverable");
        assertThat(rows.get(0).get("received").asText()).startsWith("2027-07-04 12:00:0");
        assertThat(post("/delivery/json/", "", question.replace("secret", "x")).statusCode())
                .isEqualTo(401);
        assertThat(post("/delivery/json/", "", "{").statusCode()).isEqualTo(400);
    }

    @Test
    void theControlsDoWhatTheIndexSays() throws Exception {
        assertThat(control("GET", "", "").toString()).contains("POST /_sim/received", "/_sim/switches");
        JsonNode sms = control("POST", "/received", "{\"msisdn\": \"421901727051\", \"text\": \"hi\"}");
        send(SEED.replace("RCV", sms.get("rcv_msg_id").asText()));
        assertThat(control("GET", "/messages", "").at("/0/id").asText()).isEqualTo("123456");
        control("POST", "/reports", "{\"id\": \"123456\", \"status\": 5}");
        assertThat(control("GET", "/messages", "").at("/0/status").asInt()).isEqualTo(5);
        assertThat(control("GET", "/received", "").at("/0/text").asText()).isEqualTo("hi");
        control("PUT", "/switches", "{\"Layout\": \"JSON\"}");
        assertThat(simulator.switches().get(Switch.Layout.class)).isEqualTo(Switch.Layout.JSON);
        assertThat(simulator.wire().counts()).containsOnlyKeys("smsSendBillXML");
        assertThat(control("POST", "/reports", "{\"id\": \"9\", \"status\": 5}").has("message"))
                .isTrue();
    }

    private JsonNode control(String method, String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(simulator.server().address() + "/_sim" + path))
                .method(method, BodyPublishers.ofString(body))
                .build();
        return new ObjectMapper()
                .readTree(HTTP.send(request, BodyHandlers.ofString()).body());
    }

    @Test
    void closedItLeavesNothingRunning() throws Exception {
        int port = simulator.server().port();
        receive();
        pushed(1);
        var started = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().endsWith("-" + port))
                .toList();
        assertThat(started).extracting(Thread::getName).contains("text421-agenda-" + port, "text421-push-" + port);
        simulator.close();
        Await.until("ended", () -> started, all -> all.stream().noneMatch(Thread::isAlive));
    }
}
