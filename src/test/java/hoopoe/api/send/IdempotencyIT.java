package hoopoe.api.send;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hoopoe.testing.Api;
import hoopoe.testing.Ledger;
import hoopoe.testing.SharedStack;
import hoopoe.testing.Tenant;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One call and its repeats, by the packaged artifact. */
@ExtendWith(SharedStack.Extension.class)
class IdempotencyIT {

    private static final String KEY = "Idempotency-Key";

    private final Api api;
    private final Tenant tenant;
    private final Ledger ledger;

    IdempotencyIT(SharedStack shared) {
        api = shared.api();
        tenant = shared.tenant();
        ledger = new Ledger(shared.stack());
    }

    @Test
    void theSameRequestIsAnsweredWithTheBatchAsItStands() throws Exception {
        var first = api.send(request("once"), KEY, "order:1");
        api.awaitMessages(first.path("id"), "delivered");

        var spaced = api.send(" " + request("once").replace(":", " :\n"), KEY, "\"order:1\"");

        assertThat(first.header("Idempotent-Replayed")).isNull();
        isReplay(spaced, first);
        assertThat(spaced.as(JsonNode.class).path("state").asText()).isEqualTo("completed");
        assertThat(tenant.asked("sendSMS")).isEqualTo(1);
    }

    @Test
    void anotherRequestWithTheSameKeyIsRefused() throws Exception {
        var first = api.send(request("one"), KEY, "order:2");
        var before = ledger.keys();

        var other = api.send(request("two"), KEY, "order:2");

        assertThat(first.statusCode()).as(Api.text(first)).isEqualTo(202);
        assertThat(other.statusCode()).as(Api.text(other)).isEqualTo(422);
        assertThat(other.jsonPath().getString("code")).isEqualTo("idempotency_key_reused");
        assertThat(other.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(ledger.keys()).isEqualTo(before);
        assertThat(tenant.asked("sendSMS")).isEqualTo(1);
    }

    @Test
    void whatWasAdmittedStaysAdmittedThoughItWouldBeRefusedNow() throws Exception {
        var first = api.send(request("early"), KEY, "order:3");
        tenant.customer().password("changed").endSession();
        api.send(request("meets the dead session"));
        var before = ledger.keys();

        var refused = api.send(request("late"), KEY, "order:4");
        var replayed = api.send(request("early"), KEY, "order:3");

        assertThat(refused.statusCode()).as(Api.text(refused)).isEqualTo(502);
        assertThat(refused.jsonPath().getString("code")).isEqualTo("provider_refused");
        isReplay(replayed, first);
        assertThat(ledger.keys()).isEqualTo(before);
        assertThat(tenant.asked("getConnection")).isEqualTo(2);
    }

    @Test
    void aRefusedRequestClaimsNothing() throws Exception {
        var refused = api.send(request(""), KEY, "order:5");
        var good = api.send(request("better"), KEY, "order:5");

        assertThat(refused.statusCode()).as(Api.text(refused)).isEqualTo(422);
        assertThat(refused.jsonPath().getString("code")).isEqualTo("text_empty");
        assertThat(good.statusCode()).as(Api.text(good)).isEqualTo(202);
        assertThat(good.header("Idempotent-Replayed")).isNull();
    }

    @Test
    void aDryRunIsAsTheRealThingAndLeavesNothing() throws Exception {
        var before = ledger.keys();
        tenant.every8d().wire().clear();
        var dry = api.send(request("dry").replace("false", "true"), KEY, "order:6");

        assertThat(dry.statusCode()).as(Api.text(dry)).isEqualTo(200);
        assertThat(dry.header("Location")).isNull();
        assertThat(dry.as(JsonNode.class).path("dry_run").asBoolean()).isTrue();
        assertThat(ledger.keys()).isEqualTo(before);
        assertThat(tenant.every8d().wire().counts()).isEmpty();

        var real = api.send(request("dry"), KEY, "order:6");
        assertThat(real.statusCode()).as(Api.text(real)).isEqualTo(202);
        assertThat(real.header("Idempotent-Replayed")).isNull();
        assertThat(ledger.keys()).containsAll(before).hasSizeGreaterThanOrEqualTo(before.size() + 4);
        assertThat(dry.as(JsonNode.class).path("estimate"))
                .isEqualTo(real.as(JsonNode.class).path("estimate"))
                .isEqualTo(Api.json("""
                        {"segments": 1, "low": {"unit": "points", "amount": "1.0"}, "high": {"unit": "points", "amount": "1.0"},
                         "classes": [{"class": "domestic", "recipients": 1, "segments": 1,
                          "low": {"unit": "points", "amount": "1.0"}, "high": {"unit": "points", "amount": "1.0"}}]}"""));
        assertThat(dry.as(JsonNode.class).path("recipients"))
                .isEqualTo(real.as(JsonNode.class).path("recipients"));
        assertThat(dry.as(JsonNode.class).path("invalid"))
                .isEqualTo(real.as(JsonNode.class).path("invalid"))
                .hasSize(1);
    }

    private String request(String text) {
        return """
                {"account": "%s", "dry_run": false, "text": "%s", "recipients": [{"to": "0912345678"}, {"to": "?"}]}""".formatted(tenant.name(), text);
    }

    private static void isReplay(Response answer, Response first) {
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(202);
        assertThat(answer.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(answer.header("Location")).isEqualTo(first.header("Location"));
        assertThat(answer.jsonPath().getString("id")).isEqualTo(first.jsonPath().getString("id"));
        assertThat(answer.as(JsonNode.class).path("invalid"))
                .isEqualTo(first.as(JsonNode.class).path("invalid"));
    }
}
