package hoopoe.api.send;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hoopoe.local.stage.CallbackAttempt;
import hoopoe.local.stage.CallbackClient;
import hoopoe.local.stage.Timings;
import hoopoe.local.text421.SentMessage;
import hoopoe.local.text421.Switch;
import hoopoe.local.wire.Ending;
import hoopoe.local.wire.Fault;
import hoopoe.testing.Api;
import hoopoe.testing.Await;
import hoopoe.testing.PremiumTenant;
import hoopoe.testing.SharedStack;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Charged answers to received SMS, through the whole stack. */
@ExtendWith(SharedStack.Extension.class)
class PremiumIT {

    private static final String SEND = "smsSendBillXML";
    private static final String ASK = "deliveryJSON";
    private static final String MSISDN = "421901727051";
    private static final String CANARY = "kanarik";
    private static final Instant LATER = Instant.now().plus(Duration.ofDays(2)).truncatedTo(ChronoUnit.SECONDS);
    private static final Duration NEVER = Duration.ofDays(1);

    private final SharedStack shared;
    private final Api api;
    private final PremiumTenant tenant;

    PremiumIT(SharedStack shared) {
        this.shared = shared;
        this.api = shared.api();
        this.tenant = shared.premium();
    }

    /** Nothing is reported before anybody says so. */
    private void reportNothing() {
        tenant.text421().timings(new Timings(NEVER, NEVER, NEVER, Duration.ofMillis(50)));
    }

    /** A person writes in, and a caller finds the SMS in the list of replies. */
    private JsonNode listed() throws Exception {
        var received = tenant.receive(MSISDN, CANARY + " čo?");
        var listed = Await.until(
                "listed",
                () -> replies().stream()
                        .filter(reply -> reply.path("received_id").asText().equals(received.receivedId()))
                        .toList(),
                found -> !found.isEmpty());
        assertThat(listed).hasSize(1);
        return listed.get(0);
    }

    private List<JsonNode> replies() throws Exception {
        var answer = api.get("/v1/replies?limit=1000&account=" + tenant.name());
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(200);
        return StreamSupport.stream(answer.as(JsonNode.class).path("replies").spliterator(), false)
                .toList();
    }

    private Response send(String... receivedIds) throws Exception {
        var recipients = IntStream.range(0, receivedIds.length)
                .mapToObj(
                        n -> "{\"to\": \"+4219017270%02d\", \"received_id\": \"%s\"}".formatted(51 + n, receivedIds[n]))
                .collect(Collectors.joining(", "));
        return api.post(
                "/v1/batches?include=dispatches",
                "{\"account\": \"" + tenant.name() + "\", \"text\": \"" + CANARY + "\", \"recipients\": [" + recipients
                        + "]}");
    }

    private String accepted(Response answer) {
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(202);
        return answer.path("id");
    }

    private static List<String> states(JsonNode batch) {
        return StreamSupport.stream(batch.path("dispatches").spliterator(), false)
                .map(dispatch -> dispatch.path("state").asText())
                .toList();
    }

    @Test
    void aReceivedSmsIsAnsweredByAChargedOneInOneCall() throws Exception {
        var reply = listed();
        assertThat(reply.path("from").asText()).isEqualTo("+" + MSISDN);
        assertThat(reply.path("text").asText()).isEqualTo(CANARY + " čo?");
        var receivedId = reply.path("received_id").asText();

        var answer = send(receivedId);

        var id = accepted(answer);
        assertThat(states(answer.as(JsonNode.class))).containsExactly("submitted");
        var delivered = api.awaitMessages(id, "delivered");
        assertThat(delivered.path("state").asText()).isIn("completed", "in_progress");
        assertThat(tenant.asked(SEND)).isOne();
        var sentMessage = tenant.text421().messages().get(0);
        assertThat(sentMessage.recipient().receivedId()).isEqualTo(receivedId);
        assertThat(sentMessage.recipient().msisdn()).isEqualTo(MSISDN);
        assertThat(sentMessage.id())
                .hasSizeBetween(1, 14)
                .isEqualTo(
                        answer.as(JsonNode.class).at("/dispatches/0/reference").asText());
        assertThat(tenant.text421().pushes()).isNotEmpty().allSatisfy(push -> assertThat(push.answer())
                .contains(new CallbackClient.Answer(200, "OK")));
        assertNothingIsLogged();
    }

    @Test
    void oneReceivedSmsIsChargedForOnce() throws Exception {
        var receivedId = tenant.receive(MSISDN, "hello?").receivedId();
        accepted(send(receivedId));

        for (var again : List.of(receivedId, "00" + receivedId)) {
            var refused = send(again);
            assertThat(refused.statusCode()).as(Api.text(refused)).isEqualTo(422);
            assertThat(refused.asString()).contains("received_id_used");
        }

        var other = tenant.receive(MSISDN, "hello?").receivedId();
        var twice = send(other, other);
        assertThat(twice.statusCode()).as(Api.text(twice)).isIn(202, 422);
        Await.until("sent", () -> tenant.asked(SEND), posts -> posts >= (twice.statusCode() == 202 ? 2 : 1));
        api.tick();
        var charged = tenant.text421().messages().stream()
                .map(sentMessage -> sentMessage.recipient().receivedId())
                .toList();
        assertThat(charged).doesNotHaveDuplicates();
        assertThat(tenant.asked(SEND)).isEqualTo(charged.size());
    }

    @Test
    void aLostAnswerIsSettledByAPushAndNeverSentAgain() throws Exception {
        reportNothing();
        var receivedId = tenant.receive(MSISDN, "hello?").receivedId();
        tenant.text421().faults().next(SEND, Fault.dropAfterWork(Ending.CLOSE));

        var answer = send(receivedId);
        var id = accepted(answer);
        assertThat(states(answer.as(JsonNode.class))).containsExactly("unconfirmed");
        assertThat(answer.as(JsonNode.class).path("counts")).isEqualTo(Api.json("{\"unconfirmed\": 1}"));

        var ours = tenant.text421().messages().get(0).id();
        tenant.text421().switches().set(Switch.PushTimes.TWICE);
        assertThat(tenant.text421().report(ours, SentMessage.DELIVERED)).isTrue();

        api.awaitMessages(id, "delivered");
        api.tick();
        assertThat(tenant.asked(SEND)).isOne();
        assertThat(send(receivedId).asString()).contains("received_id_used");
        assertThat(tenant.text421().messages()).hasSize(1);
    }

    @Test
    void aLostAnswerIsSettledByAskingAndNeverSentAgain() throws Exception {
        reportNothing();
        tenant.text421().switches().set(Switch.Pushes.OFF);
        var receivedId = tenant.receive(MSISDN, "hello?").receivedId();
        tenant.text421().faults().next(SEND, Fault.html500AfterWork());

        var id = accepted(send(receivedId));
        assertThat(api.batch(id).path("counts")).isEqualTo(Api.json("{\"unconfirmed\": 1}"));
        var ours = tenant.text421().messages().get(0).id();
        tenant.text421().report(ours, SentMessage.DELIVERED);

        api.tickUntilMessages(id, "delivered");
        assertThat(tenant.asked(SEND)).isOne();
        assertThat(tenant.asked(ASK)).isPositive();
        assertThat(tenant.text421().wire().last(ASK).orElseThrow().request().text())
                .contains(ours);
        assertThat(tenant.text421().messages()).hasSize(1);
    }

    @Test
    void manyAreChargedOneByOne() throws Exception {
        var receivedIds = IntStream.range(0, 5)
                .mapToObj(n -> tenant.receive("4219017270" + (51 + n), "hello?").receivedId())
                .toArray(String[]::new);
        tenant.text421().faults().plan(SEND, 2, 1, Fault.refuses(400));

        var id = accepted(send(receivedIds));

        var batch = api.tickUntilState(id, "completed_with_failures");
        assertThat(batch.path("counts")).isEqualTo(Api.json("{\"delivered\": 4, \"rejected\": 1}"));
        assertThat(tenant.asked(SEND)).isEqualTo(5);
        assertThat(tenant.text421().messages())
                .extracting(SentMessage::id)
                .hasSize(4)
                .doesNotHaveDuplicates();
    }

    @Test
    void aBinaryMessageGoesOutAsItsDigits() throws Exception {
        var receivedId = tenant.receive(MSISDN, "logo").receivedId();
        var body = "{\"account\": \"%s\", \"text\": \"%s\", \"binary\": {\"esm\": 64}, \"recipients\": [%s]}";
        var to = "{\"to\": \"0901727051\", \"received_id\": \"" + receivedId + "\"}";

        accepted(api.send(body.formatted(tenant.name(), "0A0b".repeat(70), to)));

        var order = tenant.text421().messages().get(0).order();
        assertThat(order.text()).isEqualTo("0A0b".repeat(70));
        assertThat(order.type()).isEqualTo("binary");
        assertThat(order.dcs()).isEmpty();
        assertThat(order.esm()).isEqualTo("64");
        assertThat(api.send(body.formatted(tenant.name(), "0A0", to)).asString())
                .contains("text_not_encodable");
    }

    @Test
    void aRefusedPasswordHoldsWhatIsNotSent() throws Exception {
        tenant.customer().password("changed");
        var first = send(tenant.receive(MSISDN, "hello?").receivedId());
        assertThat(states(api.batch(accepted(first)))).containsExactly("accepted");

        var second = send(tenant.receive(MSISDN, "hello?").receivedId());
        assertThat(second.statusCode()).as(Api.text(second)).isEqualTo(502);
        assertThat(second.jsonPath().getString("code")).isEqualTo("provider_refused");
        api.tick();

        assertThat(states(api.batch(first.path("id")))).containsExactly("accepted");
        assertThat(tenant.asked(SEND)).isOne();
        assertThat(tenant.text421().messages()).isEmpty();
    }

    @Test
    void whatItCannotDoIsSaidByName() throws Exception {
        var receivedId = tenant.receive(MSISDN, "hello?").receivedId();
        var to = "\"recipients\": [{\"to\": \"+" + MSISDN + "\", \"received_id\": \"" + receivedId + "\"";
        var account = "{\"account\": \"" + tenant.name() + "\", ";
        for (var body : List.of(
                account + "\"text\": \"a\", \"validity_seconds\": 60, " + to + "}]}",
                account + "\"text\": \"a\", \"subject\": \"note\", " + to + "}]}",
                account + "\"text\": \"a\", " + to + ", \"name\": \"Eric\"}]}",
                account + "\"text\": \"a\", " + to + ", \"email\": \"a@example.com\"}]}")) {
            var refused = api.send(body);
            assertThat(refused.statusCode()).as(Api.text(refused)).isEqualTo(422);
            assertThat(refused.asString()).contains("not_supported_by_provider");
        }
        var later = api.send(account + "\"text\": \"a\", \"send_at\": \"" + LATER + "\", " + to + "}]}");
        assertThat(api.delete("/v1/batches/" + accepted(later)).jsonPath().getString("code"))
                .isEqualTo("not_supported_by_provider");
        assertThat(api.get("/v1/accounts/" + tenant.name() + "/credit")
                        .jsonPath()
                        .getString("code"))
                .isEqualTo("not_supported_by_provider");
        assertThat(api.delete("/v1/accounts/" + tenant.name() + "/session")
                        .jsonPath()
                        .getString("code"))
                .isEqualTo("not_supported_by_provider");
        assertThat(api.send(account + "\"text\": \"čo\", " + to + "}]}").asString())
                .contains("text_not_encodable");
        assertThat(api.send(account + "\"text\": \"a\", \"recipients\": [{\"to\": \"+" + MSISDN + "\"}]}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(tenant.asked(SEND)).isOne();
        assertThat(tenant.text421().messages().get(0).order().delivery())
                .isEqualTo(LATER.atZone(ZoneId.of("Europe/Bratislava"))
                        .format(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss")));
    }

    private void assertNothingIsLogged() {
        assertThat(shared.stack().log()).noneMatch(line -> line.contains(CANARY));
        assertThat(tenant.text421().pushes()).extracting(CallbackAttempt::taken).containsOnly(true);
    }
}
