package hoopoe.api.send;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.testing.Api;
import hoopoe.testing.Api.Answer;
import hoopoe.testing.Ledger;
import hoopoe.testing.SharedStack;
import hoopoe.testing.Tenant;
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
        api.awaitMessages(first.id(), "delivered");

        var spaced = api.send(" " + request("once").replace(":", " :\n"), KEY, "\"order:1\"");

        assertThat(first.header("Idempotent-Replayed")).isEmpty();
        isReplay(spaced, first);
        assertThat(spaced.json().path("state").asText()).isEqualTo("completed");
        assertThat(tenant.asked("sendSMS")).isEqualTo(1);
    }

    @Test
    void anotherRequestWithTheSameKeyIsRefused() throws Exception {
        var first = api.send(request("one"), KEY, "order:2");
        var before = ledger.keys();

        var other = api.send(request("two"), KEY, "order:2");

        assertThat(first.status()).as(first.toString()).isEqualTo(202);
        assertThat(other.status()).as(other.toString()).isEqualTo(422);
        assertThat(other.code()).isEqualTo("idempotency_key_reused");
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

        assertThat(refused.status()).as(refused.toString()).isEqualTo(502);
        assertThat(refused.code()).isEqualTo("provider_refused");
        isReplay(replayed, first);
        assertThat(ledger.keys()).isEqualTo(before);
        assertThat(tenant.asked("getConnection")).isEqualTo(2);
    }

    @Test
    void aRefusedRequestClaimsNothing() throws Exception {
        var refused = api.send(request(""), KEY, "order:5");
        var good = api.send(request("better"), KEY, "order:5");

        assertThat(refused.status()).as(refused.toString()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("text_empty");
        assertThat(good.status()).as(good.toString()).isEqualTo(202);
        assertThat(good.header("Idempotent-Replayed")).isEmpty();
    }

    @Test
    void aDryRunIsAsTheRealThingAndLeavesNothing() throws Exception {
        var before = ledger.keys();
        tenant.every8d().wire().clear();
        var dry = api.send(request("dry").replace("false", "true"), KEY, "order:6");

        assertThat(dry.status()).as(dry.toString()).isEqualTo(200);
        assertThat(dry.header("Location")).isEmpty();
        assertThat(dry.json().path("dry_run").asBoolean()).isTrue();
        assertThat(ledger.keys()).isEqualTo(before);
        assertThat(tenant.every8d().wire().counts()).isEmpty();

        var real = api.send(request("dry"), KEY, "order:6");
        assertThat(real.status()).as(real.toString()).isEqualTo(202);
        assertThat(real.header("Idempotent-Replayed")).isEmpty();
        assertThat(ledger.keys()).containsAll(before).hasSizeGreaterThanOrEqualTo(before.size() + 4);
        assertThat(dry.json().path("estimate"))
                .isEqualTo(real.json().path("estimate"))
                .isEqualTo(Api.json("""
                        {"segments": 1, "low": {"unit": "points", "amount": "1.0"}, "high": {"unit": "points", "amount": "1.0"},
                         "classes": [{"class": "domestic", "recipients": 1, "segments": 1,
                          "low": {"unit": "points", "amount": "1.0"}, "high": {"unit": "points", "amount": "1.0"}}]}"""));
        assertThat(dry.json().path("recipients")).isEqualTo(real.json().path("recipients"));
        assertThat(dry.json().path("invalid"))
                .isEqualTo(real.json().path("invalid"))
                .hasSize(1);
    }

    private String request(String text) {
        return """
                {"account": "%s", "dry_run": false, "text": "%s", "recipients": [{"to": "0912345678"}, {"to": "?"}]}""".formatted(tenant.name(), text);
    }

    private static void isReplay(Answer answer, Answer first) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
        assertThat(answer.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(answer.header("Location")).isEqualTo(first.header("Location"));
        assertThat(answer.id()).isEqualTo(first.id());
        assertThat(answer.json().path("invalid")).isEqualTo(first.json().path("invalid"));
    }
}
