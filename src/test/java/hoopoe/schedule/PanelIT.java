package hoopoe.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hoopoe.local.smspanel.SentMessage;
import hoopoe.local.smspanel.Switch;
import hoopoe.local.wire.Ending;
import hoopoe.local.wire.Fault;
import hoopoe.testing.Api;
import hoopoe.testing.Await;
import hoopoe.testing.PanelTenant;
import hoopoe.testing.SharedStack;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The Iranian panel through the whole stack: it sends no callbacks, so all results come by the tick. */
@ExtendWith(SharedStack.Extension.class)
class PanelIT {

    private static final String SEND = "SendSMS";
    private static final String SEND_MULTIPLE = "SendMultipleSMS";
    private static final String INBOX = "GetMsg";
    private static final String CANARY = "قناری";

    private final SharedStack shared;
    private final Api api;
    private final PanelTenant tenant;

    PanelIT(SharedStack shared) {
        this.shared = shared;
        this.api = shared.api();
        this.tenant = shared.panel();
    }

    @AfterEach
    void noTextIsLogged() {
        assertThat(shared.stack().log()).noneMatch(line -> line.contains(CANARY));
    }

    @Test
    void oneTextGoesToManyAndEachIsReported() throws Exception {
        var id = accepted(send("\"text\": \"" + CANARY + " <&>\"", "09120000001", "۰۹۱۲۰۰۰۰۹۰۱", "+989120000003"));

        var batch = api.tickUntilState(id, "completed_with_failures");

        assertThat(batch.path("counts")).isEqualTo(Api.json("{\"delivered\": 2, \"failed\": 1}"));
        assertThat(tenant.asked(SEND)).isOne();
        assertThat(tenant.panel().messages())
                .extracting(SentMessage::to)
                .containsExactly("09120000001", "09120000901", "09120000003");
        assertThat(tenant.panel().messages()).extracting(SentMessage::text).containsOnly(CANARY + " <&>");
        var failed = api.messages(id).get(1);
        assertThat(failed.path("to").asText()).isEqualTo("+989120000901");
        assertThat(failed.path("state").asText()).isEqualTo("failed");
        assertThat(failed.toString()).contains("\"5\"");
    }

    /** The charset is a lie and the struct a text; the same number with another text goes by another call. */
    @Test
    void ownTextsGoPeerToPeer() throws Exception {
        tenant.panel().switches().set(Switch.Style.JSON_STRING).set(Switch.Charset.DECLARED_LATIN);
        var answer = api.send("{\"account\": \"" + tenant.name() + "\", \"text\": \"hello {{name}} " + CANARY
                + "\", \"recipients\": [{\"to\": \"09120000001\", \"variables\": {\"name\": \"سارا\"}},"
                + " {\"to\": \"09120000002\", \"variables\": {\"name\": \"b\"}},"
                + " {\"to\": \"09120000001\", \"variables\": {\"name\": \"c\"}}]}");

        var batch = api.tickUntilState(accepted(answer), "completed");

        assertThat(batch.path("counts")).isEqualTo(Api.json("{\"delivered\": 3}"));
        assertThat(batch.path("dispatches")).hasSize(2);
        assertThat(tenant.asked(SEND_MULTIPLE)).isEqualTo(2);
        assertThat(tenant.panel().messages())
                .extracting(message -> message.to() + ' ' + message.text())
                .containsExactlyInAnyOrder(
                        "09120000001 hello سارا " + CANARY,
                        "09120000002 hello b " + CANARY,
                        "09120000001 hello c " + CANARY);
    }

    @Test
    void moreThanSixtyAreSeveralCalls() throws Exception {
        tenant.panel().switches().set(Switch.Style.EXT_MAP);
        var numbers = IntStream.range(0, 130).mapToObj("091211%05d"::formatted).toArray(String[]::new);

        var batch = api.tickUntilState(accepted(send("\"text\": \"a\"", numbers)), "completed");

        assertThat(batch.path("counts")).isEqualTo(Api.json("{\"delivered\": 130}"));
        assertThat(tenant.asked(SEND)).isEqualTo(3);
        assertThat(tenant.panel().messages()).extracting(SentMessage::to).containsExactlyInAnyOrder(numbers);
    }

    @Test
    void theInboxIsEmptiedByTheTickAndEachMessageIsShownOnce() throws Exception {
        tenant.panel().switches().set(Switch.Charset.DECLARED_LATIN);
        for (int i = 0; i < 120; i++) {
            tenant.receive("+9891200000%02d".formatted(i % 90 + 10), CANARY + " " + i);
        }

        var replies = Await.until("shown", this::tickedReplies, shown -> shown.size() >= 120);

        assertThat(replies).hasSize(120);
        assertThat(replies)
                .extracting(reply -> reply.path("text").asText())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 120).mapToObj(i -> CANARY + " " + i).toList());
        assertThat(replies).allSatisfy(reply -> {
            assertThat(reply.path("from").asText()).startsWith("+9891200000");
            assertThat(reply.path("to").asText()).isEqualTo("3000123");
        });
        tenant.panel().switches().set(Switch.Reading.KEEPS);
        tenant.receive("+989120000001", CANARY + " again");
        assertThat(Await.until("shown", this::tickedReplies, shown -> shown.size() > 120))
                .hasSize(121);
        assertThat(tickedReplies()).as("given twice").hasSize(121);
    }

    @Test
    void aReplyIsInTheInboxToo() throws Exception {
        accepted(send("\"text\": \"" + CANARY + "\"", "09120000907"));

        var replies = Await.until("answered", this::tickedReplies, shown -> !shown.isEmpty());

        assertThat(replies)
                .singleElement()
                .satisfies(reply -> assertThat(reply.path("from").asText()).isEqualTo("+989120000907"));
    }

    @Test
    void anUnknownUserBlocksTheAccountAndHoldsItsDispatches() throws Exception {
        tenant.panel().faults().always(INBOX, Fault.dropBeforeWork(Ending.CLOSE));
        tenant.customer().password("changed");

        var id = accepted(send("\"text\": \"a\"", "09120000001"));
        api.tick();
        api.tick();

        assertThat(states(api.batch(id))).containsExactly("accepted");
        assertThat(tenant.asked(SEND)).isLessThanOrEqualTo(1);
        assertThat(tenant.panel().messages()).isEmpty();
        assertThat(account().at("/health/state").asText()).isEqualTo("blocked");
        assertThat(account().at("/health/provider_code").asText()).isEqualTo("-1");
        var refused = send("\"text\": \"a\"", "09120000001");
        assertThat(refused.statusCode()).as(Api.text(refused)).isEqualTo(502);
        assertThat(refused.jsonPath().getString("code")).isEqualTo("provider_refused");
    }

    @Test
    void aSendErrorIsUnconfirmedAndNeverSentAgain() throws Exception {
        tenant.panel().switches().set(Switch.SendError.CALL_BUT_SENT);
        var whole = accepted(send("\"text\": \"" + CANARY + "\"", "09120000001", "09120000002"));
        tenant.panel().switches().set(Switch.SendError.EVERY_SECOND);
        var mixed = accepted(api.send("{\"account\": \"" + tenant.name() + "\", \"recipients\": ["
                + "{\"to\": \"09120000001\", \"text\": \"a\"}, {\"to\": \"09120000002\", \"text\": \"b\"}]}"));

        var reported = Await.until(
                "delivered",
                () -> {
                    api.tick();
                    return api.batch(mixed);
                },
                batch -> batch.path("counts").path("delivered").asInt() == 1);

        assertThat(reported.path("counts")).isEqualTo(Api.json("{\"delivered\": 1, \"unconfirmed\": 1}"));
        assertThat(api.messages(mixed).get(1).toString()).contains("\"-3\"").contains("خطای ارسال");
        assertThat(api.batch(whole).path("counts")).isEqualTo(Api.json("{\"unconfirmed\": 2}"));
        assertThat(api.batch(whole).at("/dispatches/0").toString())
                .contains("-3")
                .contains("خطای ارسال");
        api.tick();
        assertThat(tenant.asked(SEND)).isOne();
        assertThat(tenant.asked(SEND_MULTIPLE)).isOne();
    }

    @Test
    void whatItCannotDoIsSaidByName() throws Exception {
        var later = Instant.now().plus(Duration.ofDays(2)).toString();
        var to = "\"recipients\": [{\"to\": \"09120000001\"";
        var account = "{\"account\": \"" + tenant.name() + "\", \"text\": \"a\", ";
        for (var body : List.of(
                account + "\"validity_seconds\": 60, " + to + "}]}",
                account + "\"subject\": \"note\", " + to + "}]}",
                account + "\"send_at\": \"" + later + "\", " + to + "}]}",
                account + to + ", \"name\": \"Eric\"}]}",
                account + to + ", \"email\": \"a@example.com\"}]}",
                account + to + ", \"received_id\": \"1\"}]}",
                account + to + ", \"send_at\": \"" + later + "\"}]}")) {
            var refused = api.send(body);
            assertThat(refused.statusCode())
                    .as("%s: %s", body, Api.text(refused))
                    .isEqualTo(422);
            assertThat(refused.asString()).contains("not_supported_by_provider");
        }
        var abroad = api.send(account + "\"recipients\": [{\"to\": \"+12028951800\"}]}");
        assertThat(abroad.asString()).contains("number_not_supported");
        var session = api.delete("/v1/accounts/" + tenant.name() + "/session");
        assertThat(session.jsonPath().getString("code")).as("%s", session).isEqualTo("not_supported_by_provider");
        assertThat(account().at("/capabilities/features"))
                .isEqualTo(Api.json("[\"credit\", \"delivery_reports\", \"inbox\", \"personalised\"]"));
        var credit = api.get("/v1/accounts/" + tenant.name() + "/credit");
        assertThat(credit.as(JsonNode.class).at("/points/amount").asText())
                .as("%s", credit)
                .isEqualTo("12345.5");
        var id = accepted(send("\"text\": \"a\"", "09120000909"));
        var erased = api.delete("/v1/batches/" + id);
        assertThat(erased.jsonPath().getString("code")).as("%s", erased).isEqualTo("not_supported_by_provider");
    }

    private Response send(String members, String... numbers) throws Exception {
        var recipients = List.of(numbers).stream()
                .map(number -> "{\"to\": \"" + number + "\"}")
                .reduce((one, other) -> one + ", " + other)
                .orElseThrow();
        return api.send(
                "{\"account\": \"" + tenant.name() + "\", " + members + ", \"recipients\": [" + recipients + "]}");
    }

    private static String accepted(Response answer) {
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(202);
        return answer.path("id");
    }

    private static List<String> states(JsonNode batch) {
        return StreamSupport.stream(batch.path("dispatches").spliterator(), false)
                .map(dispatch -> dispatch.path("state").asText())
                .toList();
    }

    private List<JsonNode> tickedReplies() throws Exception {
        api.tick();
        var answer = api.get("/v1/replies?limit=1000&account=" + tenant.name());
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(200);
        return StreamSupport.stream(answer.as(JsonNode.class).path("replies").spliterator(), false)
                .toList();
    }

    private JsonNode account() throws Exception {
        var accounts = api.get("/v1/accounts").as(JsonNode.class);
        return StreamSupport.stream((accounts.isArray() ? accounts : accounts.path("accounts")).spliterator(), false)
                .filter(account -> account.path("name").asText().equals(tenant.name()))
                .findFirst()
                .orElseThrow();
    }
}
