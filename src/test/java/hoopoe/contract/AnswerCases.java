package hoopoe.contract;

import static hoopoe.contract.AnswerCase.CSV;
import static hoopoe.contract.AnswerCase.JSON;
import static hoopoe.contract.AnswerCase.NONE;
import static hoopoe.contract.AnswerCase.PROBLEM;
import static hoopoe.contract.AnswerCase.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hoopoe.api.http.ProblemCatalogue;
import hoopoe.contract.AnswerCase.Attempt;
import hoopoe.local.wire.Ending;
import hoopoe.local.wire.Fault;
import hoopoe.store.event.WebhookEndpointRepository;
import hoopoe.testing.Api;
import hoopoe.testing.Await;
import hoopoe.testing.Bodies;
import hoopoe.testing.SharedStack;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A call for each answer that the document tells of. */
final class AnswerCases {

    private static final String SEND = "POST /v1/batches";
    private static final String LIST = "GET /v1/batches";
    private static final String BATCH = "GET /v1/batches/{id}";
    private static final String MESSAGES = "GET /v1/batches/{id}/messages";
    private static final String MESSAGE = "GET /v1/messages/{id}";
    private static final String SEARCH = "POST /v1/messages/search";
    private static final String ERASE = "DELETE /v1/batches/{id}";
    private static final String FORGET = "POST /v1/erasures";
    private static final String ERASURE = "GET /v1/erasures/{id}";
    private static final String NO_ERASURE = "/v1/erasures/era_01ARZ3NDEKTSV4RRFFQ69G5FAV";
    private static final String OF_NOBODY = "{\"to\": \"+886922333999\"}";
    private static final String CONFIRM = "POST /v1/batches/{id}/dispatches/{n}/confirm";
    private static final String RESEND = "POST /v1/batches/{id}/dispatches/{n}/resend";
    private static final String REPLIES = "GET /v1/replies";
    private static final String USAGE = "GET /v1/usage";
    private static final String ACCOUNTS = "GET /v1/accounts";
    private static final String CREDIT = "GET /v1/accounts/{account}/credit";
    private static final String SESSION = "DELETE /v1/accounts/{account}/session";
    private static final String ERRORS = "GET /v1/errors";
    private static final String DOCUMENT = "GET /v1/openapi.json";
    private static final String CALLBACK = "GET /callbacks/{account}/{token}";
    private static final String CALLBACK_BODY = "POST /callbacks/{account}/{token}";
    private static final String PROBE = "HEAD /callbacks/{account}/{token}";

    private static final String REGISTER = "POST /v1/webhooks";
    private static final String WEBHOOKS = "GET /v1/webhooks";
    private static final String WEBHOOK = "GET /v1/webhooks/{id}";
    private static final String CHANGE = "PATCH /v1/webhooks/{id}";
    private static final String UNREGISTER = "DELETE /v1/webhooks/{id}";
    private static final String ROTATE = "POST /v1/webhooks/{id}/rotate";

    private static final String TEST = "POST /v1/webhooks/{id}/test";
    private static final String RECOVER = "POST /v1/webhooks/{id}/recover";
    private static final String DELIVERIES = "GET /v1/webhooks/{id}/deliveries";

    private static final String SINCE = "{\"since\": \"2026-11-22T00:00:00Z\"}";
    private static final String NO_BATCH = "/v1/batches/bat_01ARZ3NDEKTSV4RRFFQ69G5FAV";
    private static final String NO_MESSAGE = "/v1/messages/bat_01ARZ3NDEKTSV4RRFFQ69G5FAV-0";
    private static final String TO_NOBODY =
            "{\"account\": \"nobody\", \"text\": \"a\", \"recipients\": [{\"to\": \"0912345678\"}]}";
    private static final String NO_WEBHOOK = "/v1/webhooks/wh_01ARZ3NDEKTSV4RRFFQ69G5FAV";
    private static final String TO_NOBODY_THERE = "{\"url\": \"http://127.0.0.1:9/%s\"}";
    private static final String REFERENCE = "{\"reference\": \"%s\"}";
    private static final String LONG_AGO = "2020-02-02T20:20:20.000Z";
    private static final String FAR = "2099-02-02T20:20:20.000Z";

    /** Recipients of a batch by EVERY8D. */
    private static final int MOST = 10_000;

    private static final int TOO_LONG = 7 * 1024 * 1024;

    private final OpenApi document;
    private final List<AnswerCase> all = new ArrayList<>();

    private AnswerCases(OpenApi document) {
        this.document = document;
    }

    static List<AnswerCase> of(OpenApi document) {
        var answerCases = new AnswerCases(document);
        answerCases.sending();
        answerCases.batches();
        answerCases.erasing();
        answerCases.settling();
        answerCases.accounts();
        answerCases.webhooks();
        answerCases.open();
        answerCases.callbacks();
        answerCases.everywhere();
        return answerCases.all;
    }

    private void add(String route, int status, String mediaType, Attempt attempt) {
        all.add(new AnswerCase(route, status, mediaType, "", attempt));
    }

    private void problem(String route, ProblemCatalogue problem, Attempt attempt) {
        all.add(new AnswerCase(route, problem.status(), PROBLEM, problem.code(), attempt));
    }

    private void sending() {
        add(SEND, 200, JSON, stackFixture -> stackFixture.api().send("""
                {"account": "%s", "dry_run": true, "subject": "s", "reference": "r", "send_at": "%s", "text": "hello",
                 "recipients": [{"to": "0912345678"}, {"to": "+12025550123"}, {"to": "0"}]}""".formatted(
                        stackFixture.tenant().name(), StackFixture.later())));
        add(SEND, 202, JSON, stackFixture -> stackFixture.api().send("""
                {"account": "%s", "validity_seconds": 3600, "reference": "r", "text": "hello",
                 "recipients": [{"to": "0912345678"}, {"to": "0"}]}""".formatted(
                        stackFixture.tenant().name())));
        add(
                SEND,
                202,
                JSON,
                stackFixture -> twice(
                        key -> stackFixture.api().send(Bodies.to(stackFixture.tenant(), 2), "Idempotency-Key", key)));
        add(SEND, 202, JSON, stackFixture -> stackFixture.api().send("""
                {"account": "%s", "text": "hello", "recipients": [{"to": "0901727051", "received_id": "%s"}]}""".formatted(
                stackFixture.premium().name(),
                stackFixture.premium().receive("421901727051", "WEATHER").id())));
        add(SEND, 202, JSON, stackFixture -> stackFixture.api().send("""
                {"account": "%s", "text": "hello", "recipients": [{"to": "09121234567"}]}""".formatted(
                        stackFixture.panel().name())));
        problem(SEND, ProblemCatalogue.INVALID_JSON, stackFixture -> stackFixture
                .api()
                .send("{"));
        problem(SEND, ProblemCatalogue.INVALID_REQUEST, stackFixture -> stackFixture
                .api()
                .send("{\"text\": \"a\", \"recipients\": []}"));
        problem(SEND, ProblemCatalogue.UNKNOWN_FIELD, stackFixture -> stackFixture
                .api()
                .send("{\"txt\": \"a\"}"));
        problem(SEND, ProblemCatalogue.IDEMPOTENCY_KEY_INVALID, stackFixture -> stackFixture
                .api()
                .send(TO_NOBODY, "Idempotency-Key", "two words"));
        problem(SEND, ProblemCatalogue.ACCOUNT_REQUIRED, stackFixture -> stackFixture
                .mended()
                .send(TO_NOBODY.replace("\"account\": \"nobody\",", "")));
        problem(SEND, ProblemCatalogue.ACCOUNT_LIVE_ONLY, stackFixture -> stackFixture
                .testing()
                .send(Bodies.to(stackFixture.tenant(), 1)));
        problem(SEND, ProblemCatalogue.ACCOUNT_NOT_FOUND, stackFixture -> stackFixture
                .api()
                .send(TO_NOBODY));
        problem(SEND, ProblemCatalogue.IDEMPOTENCY_IN_PROGRESS, stackFixture -> {
            var body = Bodies.to(stackFixture.troubled(), 1);
            stackFixture.mended().send(body);
            return stackFixture.contendedAtOnce().send(body, "Idempotency-Key", StackFixture.key());
        });
        problem(SEND, ProblemCatalogue.PAYLOAD_TOO_LARGE, stackFixture -> stackFixture
                .api()
                .send("[".repeat(10_000)));
        problem(SEND, ProblemCatalogue.NO_VALID_RECIPIENT, stackFixture -> stackFixture
                .api()
                .send("{\"text\": \"a\", \"recipients\": [{\"to\": \"0\"}]}"));
        unsendable();
        problem(SEND, ProblemCatalogue.PROVIDER_REFUSED, stackFixture -> stackFixture
                .api()
                .send(TO_NOBODY.replace("nobody", SharedStack.REFUSED)));
        problem(SEND, ProblemCatalogue.ACCOUNT_MISCONFIGURED, stackFixture -> stackFixture
                .api()
                .send(TO_NOBODY.replace("nobody", SharedStack.MISSPELT)));
        problem(SEND, ProblemCatalogue.CONTENDED, stackFixture -> {
            var body = Bodies.to(stackFixture.troubled(), 1);
            stackFixture.mended().send(body);
            return stackFixture.contendedAtOnce().send(body);
        });
        problem(SEND, ProblemCatalogue.PROVIDER_BUSY, stackFixture -> {
            var tenant = stackFixture.ownTroubled();
            // A tick may have asked for its credit, and have logged in for that.
            stackFixture.mended().delete("/v1/accounts/" + tenant.name() + "/session");
            return stackFixture.contended().send(Bodies.to(tenant, 1));
        });
    }

    private void unsendable() {
        unsendable(ProblemCatalogue.TEXT_EMPTY, "\"text\": \" \"");
        unsendable(ProblemCatalogue.TEXT_TOO_LONG, "\"text\": \"" + "a".repeat(5000) + '"');
        unsendable(ProblemCatalogue.TEXT_NOT_ENCODABLE, "\"text\": \"a\\u0001\"");
        unsendable(ProblemCatalogue.SEND_AT_PAST, "\"text\": \"a\", \"send_at\": \"2020-02-02T20:20:20Z\"");
        unsendable(ProblemCatalogue.SEND_AT_FORMAT, "\"text\": \"a\", \"send_at\": \"tomorrow\"");
        unsendable(ProblemCatalogue.SEND_AT_TOO_FAR, "\"text\": \"a\", \"send_at\": \"9999-01-01T00:00:00Z\"");
        unsendable(ProblemCatalogue.PLACEHOLDER_INVALID, "\"text\": \"Dear {{first name}}\"");
        unsendable(ProblemCatalogue.VALIDITY_OUT_OF_RANGE, "\"text\": \"a\", \"validity_seconds\": 1");
        unsendable(ProblemCatalogue.NOT_SUPPORTED_BY_PROVIDER, "\"text\": \"a\", \"binary\": {}");
        problem(SEND, ProblemCatalogue.TOO_MANY_RECIPIENTS, stackFixture -> stackFixture
                .api()
                .send("{\"text\": \"a\", \"recipients\": [%s]}"
                        .formatted(String.join(",", Collections.nCopies(MOST + 1, "{\"to\": \"0912345678\"}")))));
        problem(SEND, ProblemCatalogue.RECEIVED_ID_USED, stackFixture -> {
            var id = stackFixture.premium().receive("421901727051", "WEATHER").receivedId();
            stackFixture.answered(id);
            return stackFixture.answered(id);
        });
        problem(SEND, ProblemCatalogue.IDEMPOTENCY_KEY_REUSED, stackFixture -> {
            var key = StackFixture.key();
            stackFixture.api().send(Bodies.to(stackFixture.tenant(), 1), "Idempotency-Key", key);
            return stackFixture.api().send(Bodies.to(stackFixture.tenant(), 2), "Idempotency-Key", key);
        });
    }

    private void unsendable(ProblemCatalogue problem, String members) {
        problem(SEND, problem, stackFixture -> stackFixture
                .api()
                .send("{\"account\": \"%s\", %s, \"recipients\": [{\"to\": \"0912345678\"}]}"
                        .formatted(stackFixture.tenant().name(), members)));
    }

    private void batches() {
        add(LIST, 200, JSON, stackFixture -> {
            stackFixture.told();
            return stackFixture
                    .api()
                    .get("/v1/batches?account=" + stackFixture.tenant().name());
        });
        add(LIST, 200, JSON, stackFixture -> {
            stackFixture.sent();
            stackFixture.sent();
            return stackFixture.api().get("/v1/batches?limit=1");
        });
        problem(LIST, ProblemCatalogue.INVALID_REQUEST, stackFixture -> stackFixture
                .api()
                .get("/v1/batches?limit=0"));
        problem(LIST, ProblemCatalogue.CURSOR_INVALID, stackFixture -> stackFixture
                .api()
                .get("/v1/batches?cursor=x"));
        problem(LIST, ProblemCatalogue.ACCOUNT_LIVE_ONLY, stackFixture -> stackFixture
                .testing()
                .get("/v1/batches?account=" + stackFixture.tenant().name()));
        problem(LIST, ProblemCatalogue.ACCOUNT_NOT_FOUND, stackFixture -> stackFixture
                .api()
                .get("/v1/batches?account=nobody"));
        add(BATCH, 200, JSON, stackFixture -> stackFixture.api().get("/v1/batches/" + stackFixture.told()));
        problem(BATCH, ProblemCatalogue.INVALID_REQUEST, stackFixture -> stackFixture
                .api()
                .get(NO_BATCH + "?fields=id"));
        problem(BATCH, ProblemCatalogue.BATCH_NOT_FOUND, stackFixture -> stackFixture
                .api()
                .get(NO_BATCH));
        add(MESSAGES, 200, JSON, stackFixture -> stackFixture
                .api()
                .get("/v1/batches/" + stackFixture.told() + "/messages"));
        add(MESSAGES, 200, JSON, stackFixture -> stackFixture
                .api()
                .get("/v1/batches/" + stackFixture.told() + "/messages?limit=1"));
        problem(MESSAGES, ProblemCatalogue.CURSOR_INVALID, stackFixture -> stackFixture
                .api()
                .get("/v1/batches/" + stackFixture.sent() + "/messages?cursor=x"));
        problem(MESSAGES, ProblemCatalogue.INVALID_REQUEST, stackFixture -> stackFixture
                .api()
                .get(NO_BATCH + "/messages?limit=0"));
        problem(MESSAGES, ProblemCatalogue.BATCH_NOT_FOUND, stackFixture -> stackFixture
                .api()
                .get(NO_BATCH + "/messages"));
        add(MESSAGE, 200, JSON, stackFixture -> stackFixture.api().get("/v1/messages/" + stackFixture.told() + "-0"));
        add(SEARCH, 200, JSON, stackFixture -> {
            var batch = stackFixture.told();
            Await.until("answered", () -> stackFixture.api().replies(batch), some -> !some.isEmpty());
            var to = stackFixture
                    .api()
                    .get("/v1/messages/" + batch + "-0")
                    .jsonPath()
                    .getString("to");
            return stackFixture.api().post("/v1/messages/search", "{\"to\": \"" + to + "\"}");
        });
        Map.of(
                        ProblemCatalogue.INVALID_JSON, "{",
                        ProblemCatalogue.INVALID_REQUEST, "{\"to\": \"0912345678\"}",
                        ProblemCatalogue.UNKNOWN_FIELD, "{\"number\": \"+886912345678\"}",
                        ProblemCatalogue.PAYLOAD_TOO_LARGE, "[".repeat(10_000),
                        ProblemCatalogue.CURSOR_INVALID, "{\"to\": \"+886912345678\", \"cursor\": \"x\"}")
                .forEach((problem, body) -> problem(
                        SEARCH, problem, stackFixture -> stackFixture.api().post("/v1/messages/search", body)));
        add(FORGET, 202, JSON, stackFixture -> stackFixture.api().post("/v1/erasures", OF_NOBODY));
        Map.of(
                        ProblemCatalogue.INVALID_JSON, "{",
                        ProblemCatalogue.INVALID_REQUEST, "{\"to\": \"0912345678\"}",
                        ProblemCatalogue.PAYLOAD_TOO_LARGE, "[".repeat(10_000),
                        ProblemCatalogue.UNKNOWN_FIELD, "{\"number\": \"+886912345678\"}")
                .forEach((problem, body) -> problem(
                        FORGET, problem, stackFixture -> stackFixture.api().post("/v1/erasures", body)));
        add(ERASURE, 200, JSON, stackFixture -> {
            var asked = stackFixture.api().post("/v1/erasures", OF_NOBODY);
            return stackFixture.api().get(asked.header("Location"));
        });
        problem(ERASURE, ProblemCatalogue.ERASURE_NOT_FOUND, stackFixture -> stackFixture
                .api()
                .get(NO_ERASURE));
        problem(ERASURE, ProblemCatalogue.INVALID_REQUEST, stackFixture -> stackFixture
                .api()
                .get(NO_ERASURE + "?fields=id"));
        problem(MESSAGE, ProblemCatalogue.INVALID_REQUEST, stackFixture -> stackFixture
                .api()
                .get(NO_MESSAGE + "?fields=id"));
        problem(MESSAGE, ProblemCatalogue.MESSAGE_NOT_FOUND, stackFixture -> stackFixture
                .api()
                .get(NO_MESSAGE));
        add(REPLIES, 200, JSON, stackFixture -> {
            var batch = stackFixture.told();
            Await.until("answered", () -> stackFixture.api().replies(batch), some -> !some.isEmpty());
            return stackFixture.api().get("/v1/replies?batch=" + batch);
        });
        add(USAGE, 200, JSON, stackFixture -> {
            stackFixture.told();
            return stackFixture.api().get("/v1/usage");
        });
        add(USAGE, 200, CSV, stackFixture -> stackFixture.api().get("/v1/usage", "Accept", CSV));
        problem(USAGE, ProblemCatalogue.INVALID_REQUEST, stackFixture -> stackFixture
                .api()
                .get("/v1/usage?by=month"));
        add(REPLIES, 200, JSON, stackFixture -> {
            stackFixture.premium().receive("421901727052", "NEWS");
            var path = "/v1/replies?limit=1&account=" + stackFixture.premium().name();
            return Await.until("received", () -> stackFixture.api().get(path), answer -> !answer.as(JsonNode.class)
                    .path("replies")
                    .isEmpty());
        });
        problem(REPLIES, ProblemCatalogue.CURSOR_INVALID, stackFixture -> stackFixture
                .api()
                .get("/v1/replies?cursor=x"));
        problem(REPLIES, ProblemCatalogue.ACCOUNT_LIVE_ONLY, stackFixture -> stackFixture
                .testing()
                .get("/v1/replies?account=" + stackFixture.tenant().name()));
        problem(REPLIES, ProblemCatalogue.INVALID_REQUEST, stackFixture -> stackFixture
                .api()
                .get("/v1/replies?until=now"));
        problem(REPLIES, ProblemCatalogue.ACCOUNT_NOT_FOUND, stackFixture -> stackFixture
                .api()
                .get("/v1/replies?account=nobody"));
    }

    private void erasing() {
        add(ERASE, 200, JSON, stackFixture -> stackFixture
                .api()
                .delete("/v1/batches/" + stackFixture.scheduled(stackFixture.tenant())));
        add(ERASE, 200, JSON, stackFixture -> {
            var path = "/v1/batches/" + stackFixture.scheduled(stackFixture.tenant());
            return twice(key -> stackFixture.api().delete(path, "Idempotency-Key", key));
        });
        add(ERASE, 202, JSON, stackFixture -> {
            var tenant = stackFixture.ownTenant();
            var id = stackFixture.scheduled(tenant);
            tenant.every8d().faults().next("eraseBooking", Fault.dropAfterWork(Ending.RESET));
            tenant.every8d().faults().next("getDeliveryStatus", Fault.html500());
            return stackFixture.api().delete("/v1/batches/" + id);
        });
        problem(ERASE, ProblemCatalogue.INVALID_REQUEST, stackFixture -> stackFixture
                .api()
                .delete(NO_BATCH + "?force"));
        problem(ERASE, ProblemCatalogue.IDEMPOTENCY_KEY_INVALID, stackFixture -> stackFixture
                .api()
                .delete(NO_BATCH, "Idempotency-Key", "two words"));
        problem(ERASE, ProblemCatalogue.BATCH_NOT_FOUND, stackFixture -> stackFixture
                .api()
                .delete(NO_BATCH));
        problem(ERASE, ProblemCatalogue.TOO_LATE_TO_CANCEL, stackFixture -> stackFixture
                .api()
                .delete("/v1/batches/" + stackFixture.told()));
        problem(ERASE, ProblemCatalogue.IDEMPOTENCY_KEY_REUSED, stackFixture -> {
            var path = "/v1/batches/" + stackFixture.scheduled(stackFixture.tenant());
            return changed(key -> stackFixture.api().delete(path, "Idempotency-Key", key), key -> stackFixture
                    .api()
                    .given("Idempotency-Key", key)
                    .body("{}")
                    .request("DELETE", path));
        });
        problem(ERASE, ProblemCatalogue.NOT_SUPPORTED_BY_PROVIDER, stackFixture -> stackFixture
                .api()
                .delete("/v1/batches/"
                        + stackFixture.sent(
                                stackFixture.api(), stackFixture.panel().name(), "", "09121234567")));
        problem(ERASE, ProblemCatalogue.CONTENDED, stackFixture -> {
            var id = stackFixture.sent(
                    stackFixture.mended(), stackFixture.troubled().name(), "", "0912345678");
            return stackFixture.contended().delete("/v1/batches/" + id);
        });
    }

    private void settling() {
        word(CONFIRM, AnswerCases::confirm);
        word(RESEND, AnswerCases::resend);
        add(CONFIRM, 200, JSON, stackFixture -> {
            var path = confirm(stackFixture.unconfirmed(stackFixture.api(), stackFixture.ownTenant()));
            var word = "{\"reference\": \"" + UUID.randomUUID() + "\", \"note\": \"as they say\"}";
            return twice(key -> stackFixture.api().post(path, word, "Idempotency-Key", key));
        });

        problem(CONFIRM, ProblemCatalogue.ACCOUNT_NOT_FOUND, stackFixture -> confirmedOf(stackFixture, "gone"));
        problem(
                CONFIRM,
                ProblemCatalogue.ACCOUNT_MISCONFIGURED,
                stackFixture -> confirmedOf(stackFixture, SharedStack.MISSPELT));
        problem(CONFIRM, ProblemCatalogue.REFERENCE_HELD, stackFixture -> {
            var word = REFERENCE.formatted(StackFixture.key());
            stackFixture.api().post(confirm(stackFixture.unconfirmed(stackFixture.api(), stackFixture.tenant())), word);
            return stackFixture
                    .api()
                    .post(confirm(stackFixture.unconfirmed(stackFixture.api(), stackFixture.tenant())), word);
        });
        problem(CONFIRM, ProblemCatalogue.REFERENCE_DIFFERS, stackFixture -> stackFixture
                .api()
                .post(confirm(stackFixture.unconfirmedPremium()), REFERENCE.formatted("another")));
        problem(CONFIRM, ProblemCatalogue.NOT_SUPPORTED_BY_PROVIDER, stackFixture -> {
            stackFixture.panel().panel().faults().next("SendSMS", Fault.dropBeforeWork(Ending.RESET));
            var id = stackFixture.sent(
                    stackFixture.api(), stackFixture.panel().name(), "", "09121234567\"}, {\"to\": \"09121234568");
            return stackFixture.api().post(confirm(id), REFERENCE.formatted("1"));
        });
        problem(CONFIRM, ProblemCatalogue.IDEMPOTENCY_KEY_REUSED, stackFixture -> {
            var path = confirm(stackFixture.unconfirmed(stackFixture.api(), stackFixture.tenant()));
            return changed(
                    key -> stackFixture.api().given("Idempotency-Key", key).post(path),
                    key -> stackFixture.api().post(path, "{\"note\": \"another\"}", "Idempotency-Key", key));
        });
        problem(CONFIRM, ProblemCatalogue.CONTENDED, stackFixture -> {
            var id = stackFixture.unconfirmed(stackFixture.mended(), stackFixture.ownTroubled());
            return stackFixture.contended().given().post(confirm(id));
        });
        add(RESEND, 202, JSON, stackFixture -> {
            var path = resend(longUnconfirmed(stackFixture));
            return twice(key -> stackFixture.api().post(path, "{\"note\": \"as they say\"}", "Idempotency-Key", key));
        });
        problem(RESEND, ProblemCatalogue.BATCH_CANCELLED, stackFixture -> {
            var id = stackFixture.unconfirmed(stackFixture.api(), stackFixture.tenant());
            stackFixture.api().delete("/v1/batches/" + id);
            return stackFixture.api().given().post(resend(id));
        });
        problem(RESEND, ProblemCatalogue.TOO_LATE_TO_RESEND, stackFixture -> {
            var id = stackFixture.unconfirmed(stackFixture.api(), stackFixture.tenant());
            stackFixture.amendBatch(id, "not_after", LONG_AGO);
            return stackFixture.api().given().post(resend(id));
        });
        problem(RESEND, ProblemCatalogue.PROVIDER_HAS_IT, stackFixture -> {
            var id = stackFixture.unconfirmedPremium();
            stackFixture.amendDispatch(id, "claimed", LONG_AGO);
            stackFixture.holdCheck(id, FAR); // or a check would settle it before it is resent
            stackFixture.reportPremium(id);
            return stackFixture.api().given().post(resend(id));
        });
        problem(RESEND, ProblemCatalogue.TOO_EARLY_TO_RESEND, stackFixture -> stackFixture
                .api()
                .given()
                .post(resend(stackFixture.unconfirmed(stackFixture.api(), stackFixture.ownTenant()))));
        problem(RESEND, ProblemCatalogue.IDEMPOTENCY_KEY_REUSED, stackFixture -> {
            var path = resend(longUnconfirmed(stackFixture));
            return changed(
                    key -> stackFixture.api().given("Idempotency-Key", key).post(path),
                    key -> stackFixture.api().post(path, "{\"note\": \"another\"}", "Idempotency-Key", key));
        });
        problem(RESEND, ProblemCatalogue.CONTENDED, stackFixture -> {
            var id = stackFixture.unconfirmed(stackFixture.mended(), stackFixture.ownTroubled());
            stackFixture.amendTroubledDispatch(id, "claimed", LONG_AGO);
            return stackFixture.contended().given().post(resend(id));
        });
    }

    /** One that was claimed so long ago that it may be sent again. */
    private static String longUnconfirmed(StackFixture stackFixture) throws Exception {
        var id = stackFixture.unconfirmed(stackFixture.api(), stackFixture.tenant());
        stackFixture.amendDispatch(id, "claimed", LONG_AGO);
        return id;
    }

    /** What is wrong with a word whichever it is. */
    private void word(String route, Word word) {
        problem(route, ProblemCatalogue.INVALID_JSON, stackFixture -> stackFixture
                .api()
                .post(word.on(stackFixture.sent()), "{"));
        problem(route, ProblemCatalogue.INVALID_REQUEST, stackFixture -> stackFixture
                .api()
                .post(word.on(stackFixture.sent()), "{\"note\": \"%s\"}".formatted("a".repeat(501))));
        problem(route, ProblemCatalogue.UNKNOWN_FIELD, stackFixture -> stackFixture
                .api()
                .post(word.on(stackFixture.sent()), "{\"because\": \"a\"}"));
        problem(route, ProblemCatalogue.IDEMPOTENCY_KEY_INVALID, stackFixture -> stackFixture
                .api()
                .given("Idempotency-Key", "two words")
                .post(word.on(stackFixture.sent())));
        problem(route, ProblemCatalogue.BATCH_NOT_FOUND, stackFixture -> stackFixture
                .api()
                .given()
                .post(word.on(NO_BATCH.substring(NO_BATCH.lastIndexOf('/') + 1))));
        problem(route, ProblemCatalogue.DISPATCH_NOT_FOUND, stackFixture -> stackFixture
                .api()
                .given()
                .post(word.on(stackFixture.sent()).replace("/0/", "/7/")));
        problem(
                route,
                ProblemCatalogue.DISPATCH_NOT_UNCONFIRMED,
                stackFixture -> stackFixture.api().given().post(word.on(stackFixture.sent())));
        problem(route, ProblemCatalogue.PAYLOAD_TOO_LARGE, stackFixture -> stackFixture
                .api()
                .post(word.on(stackFixture.sent()), "[".repeat(10_000)));
    }

    private interface Word {
        String on(String batch);
    }

    /** After the account of the dispatch came to be another. */
    private static Response confirmedOf(StackFixture stackFixture, String account) throws Exception {
        var id = stackFixture.unconfirmed(stackFixture.api(), stackFixture.tenant());
        stackFixture.amendDispatch(id, "account", account);
        try {
            return stackFixture.api().post(confirm(id), REFERENCE.formatted(StackFixture.key()));
        } finally {
            stackFixture.amendDispatch(id, "account", stackFixture.tenant().name());
        }
    }

    private static Response credit(StackFixture stackFixture, Fault fault) throws Exception {
        var tenant = stackFixture.ownTenant();
        tenant.every8d().faults().always("getCredit", fault);
        stackFixture.forgetCredit(tenant);
        return stackFixture.api().get("/v1/accounts/" + tenant.name() + "/credit");
    }

    private static String confirm(String batch) {
        return "/v1/batches/" + batch + "/dispatches/0/confirm";
    }

    private static String resend(String batch) {
        return "/v1/batches/" + batch + "/dispatches/0/resend";
    }

    private void accounts() {
        add(ACCOUNTS, 200, JSON, stackFixture -> {
            stackFixture.api().get("/v1/accounts/" + stackFixture.tenant().name() + "/credit");
            stackFixture.api().send(TO_NOBODY.replace("nobody", SharedStack.REFUSED));
            stackFixture.api().tick();
            return stackFixture.api().get("/v1/accounts");
        });
        problem(ACCOUNTS, ProblemCatalogue.INVALID_REQUEST, stackFixture -> stackFixture
                .api()
                .get("/v1/accounts?name=x"));
        add(CREDIT, 200, JSON, stackFixture -> stackFixture
                .api()
                .get("/v1/accounts/" + stackFixture.tenant().name() + "/credit"));
        problem(CREDIT, ProblemCatalogue.ACCOUNT_LIVE_ONLY, stackFixture -> stackFixture
                .testing()
                .get("/v1/accounts/" + stackFixture.tenant().name() + "/credit"));
        problem(CREDIT, ProblemCatalogue.INVALID_REQUEST, stackFixture -> stackFixture
                .api()
                .get("/v1/accounts/nobody/credit?fresh"));
        problem(CREDIT, ProblemCatalogue.ACCOUNT_NOT_FOUND, stackFixture -> stackFixture
                .api()
                .get("/v1/accounts/nobody/credit"));
        problem(CREDIT, ProblemCatalogue.NOT_SUPPORTED_BY_PROVIDER, stackFixture -> stackFixture
                .api()
                .get("/v1/accounts/" + stackFixture.premium().name() + "/credit"));
        problem(CREDIT, ProblemCatalogue.PROVIDER_REFUSED, stackFixture -> stackFixture
                .api()
                .get("/v1/accounts/" + SharedStack.REFUSED + "/credit"));
        problem(CREDIT, ProblemCatalogue.ACCOUNT_MISCONFIGURED, stackFixture -> stackFixture
                .api()
                .get("/v1/accounts/" + SharedStack.MISSPELT + "/credit"));
        problem(
                CREDIT,
                ProblemCatalogue.PROVIDER_MALFORMED,
                stackFixture -> credit(stackFixture, Fault.says("2,310.00 points")));
        problem(CREDIT, ProblemCatalogue.PROVIDER_UNAVAILABLE, stackFixture -> credit(stackFixture, Fault.html500()));
        problem(CREDIT, ProblemCatalogue.PROVIDER_BUSY, stackFixture -> credit(stackFixture, Fault.refuses(-97)));
        add(SESSION, 200, JSON, stackFixture -> stackFixture
                .api()
                .delete("/v1/accounts/" + stackFixture.ownTenant().name() + "/session"));
        add(SESSION, 200, JSON, stackFixture -> {
            var path = "/v1/accounts/" + stackFixture.ownTenant().name() + "/session";
            return twice(key -> stackFixture.api().delete(path, "Idempotency-Key", key));
        });
        problem(SESSION, ProblemCatalogue.IDEMPOTENCY_KEY_INVALID, stackFixture -> stackFixture
                .api()
                .delete("/v1/accounts/" + stackFixture.tenant().name() + "/session", "Idempotency-Key", "two words"));
        problem(SESSION, ProblemCatalogue.ACCOUNT_LIVE_ONLY, stackFixture -> stackFixture
                .testing()
                .delete("/v1/accounts/" + stackFixture.tenant().name() + "/session"));
        problem(SESSION, ProblemCatalogue.INVALID_REQUEST, stackFixture -> stackFixture
                .api()
                .delete("/v1/accounts/nobody/session?force"));
        problem(SESSION, ProblemCatalogue.ACCOUNT_NOT_FOUND, stackFixture -> stackFixture
                .api()
                .delete("/v1/accounts/nobody/session"));
        problem(SESSION, ProblemCatalogue.IDEMPOTENCY_IN_PROGRESS, stackFixture -> stackFixture
                .contended()
                .delete(
                        "/v1/accounts/" + stackFixture.troubled().name() + "/session",
                        "Idempotency-Key",
                        StackFixture.key()));
        problem(SESSION, ProblemCatalogue.IDEMPOTENCY_KEY_REUSED, stackFixture -> {
            var path = "/v1/accounts/" + stackFixture.tenant().name() + "/session";
            return changed(key -> stackFixture.api().delete(path, "Idempotency-Key", key), key -> stackFixture
                    .api()
                    .given("Idempotency-Key", key)
                    .body("{}")
                    .request("DELETE", path));
        });
        problem(SESSION, ProblemCatalogue.NOT_SUPPORTED_BY_PROVIDER, stackFixture -> stackFixture
                .api()
                .delete("/v1/accounts/" + stackFixture.panel().name() + "/session"));
        problem(SESSION, ProblemCatalogue.ACCOUNT_MISCONFIGURED, stackFixture -> stackFixture
                .api()
                .delete("/v1/accounts/" + SharedStack.MISSPELT + "/session"));
        problem(SESSION, ProblemCatalogue.PROVIDER_BUSY, stackFixture -> stackFixture
                .contended()
                .delete("/v1/accounts/" + stackFixture.troubled().name() + "/session"));
    }

    private void webhooks() {
        add(REGISTER, 201, JSON, stackFixture -> stackFixture.newcomer().post("/v1/webhooks", """
                {"url": "http://127.0.0.1:9/", "types": ["reply.received"], "accounts": ["%s"], "content": true,
                 "description": "d"}""".formatted(
                        stackFixture.tenant().name())));
        endpoint(REGISTER, body -> stackFixture -> stackFixture.api().post("/v1/webhooks", body));
        problem(REGISTER, ProblemCatalogue.WEBHOOK_URL_IN_USE, stackFixture -> {
            var newcomer = stackFixture.newcomer();
            registered(newcomer, "same");
            return newcomer.post("/v1/webhooks", TO_NOBODY_THERE.formatted("same"));
        });
        problem(REGISTER, ProblemCatalogue.TOO_MANY_WEBHOOKS, stackFixture -> {
            var newcomer = stackFixture.newcomer();
            for (int i = 0; i < WebhookEndpointRepository.MOST; i++) {
                registered(newcomer, "n" + i);
            }
            return newcomer.post("/v1/webhooks", TO_NOBODY_THERE.formatted("one-more"));
        });
        problem(REGISTER, ProblemCatalogue.WEBHOOKS_OFF, stackFixture -> stackFixture
                .withoutWebhooks()
                .post("/v1/webhooks", TO_NOBODY_THERE.formatted("off")));
        problem(REGISTER, ProblemCatalogue.CONTENDED, stackFixture -> stackFixture
                .contended()
                .post("/v1/webhooks", TO_NOBODY_THERE.formatted(StackFixture.key())));
        add(WEBHOOKS, 200, JSON, stackFixture -> {
            var newcomer = stackFixture.newcomer();
            registered(newcomer, "listed");
            return newcomer.get("/v1/webhooks");
        });
        add(WEBHOOK, 200, JSON, stackFixture -> {
            var newcomer = stackFixture.newcomer();
            return newcomer.get(registered(newcomer, "shown"));
        });
        add(CHANGE, 200, JSON, stackFixture -> {
            var newcomer = stackFixture.newcomer();
            return patch(
                    newcomer, registered(newcomer, "changed"), "{\"state\": \"disabled\", \"description\": \"d\"}");
        });
        endpoint(CHANGE, body -> stackFixture -> patch(stackFixture.api(), NO_WEBHOOK, body));
        problem(CHANGE, ProblemCatalogue.WEBHOOK_URL_IN_USE, stackFixture -> {
            var newcomer = stackFixture.newcomer();
            registered(newcomer, "same");
            return patch(newcomer, registered(newcomer, "other"), TO_NOBODY_THERE.formatted("same"));
        });
        add(UNREGISTER, 204, NONE, stackFixture -> {
            var newcomer = stackFixture.newcomer();
            return newcomer.delete(registered(newcomer, "deleted"));
        });
        add(ROTATE, 200, JSON, stackFixture -> {
            var newcomer = stackFixture.newcomer();
            return newcomer.post(registered(newcomer, "rotated") + "/rotate", "");
        });
        add(TEST, 202, JSON, stackFixture -> {
            var newcomer = stackFixture.newcomer();
            return newcomer.post(registered(newcomer, "tested") + "/test", "");
        });
        add(DELIVERIES, 200, JSON, stackFixture -> {
            var newcomer = stackFixture.newcomer();
            var path = registered(newcomer, "tested");
            newcomer.post(path + "/test", "");
            newcomer.post(path + "/test", "");
            return newcomer.get(path + "/deliveries?limit=1");
        });
        problem(DELIVERIES, ProblemCatalogue.CURSOR_INVALID, stackFixture -> stackFixture
                .api()
                .get(NO_WEBHOOK + "/deliveries?cursor=x"));
        add(RECOVER, 202, JSON, stackFixture -> {
            var newcomer = stackFixture.newcomer();
            return newcomer.post(registered(newcomer, "recovered") + "/recover", SINCE);
        });
        for (var body : List.of("{", "{}", "{\"until\": 1}", "[".repeat(10_000))) {
            var problem = Map.of(
                            "{", ProblemCatalogue.INVALID_JSON,
                            "{}", ProblemCatalogue.INVALID_REQUEST,
                            "{\"until\": 1}", ProblemCatalogue.UNKNOWN_FIELD)
                    .getOrDefault(body, ProblemCatalogue.PAYLOAD_TOO_LARGE);
            problem(RECOVER, problem, stackFixture -> stackFixture.api().post(NO_WEBHOOK + "/recover", body));
        }
        for (var route : List.of(TEST, RECOVER)) {
            problem(route, ProblemCatalogue.WEBHOOK_DISABLED, stackFixture -> {
                var newcomer = stackFixture.newcomer();
                var path = registered(newcomer, "disabled");
                patch(newcomer, path, "{\"state\": \"disabled\"}");
                return of(newcomer, route, path);
            });
            problem(route, ProblemCatalogue.CONTENDED, stackFixture -> {
                var path = registered(stackFixture.mended(), StackFixture.key());
                of(stackFixture.mended(), TEST, path);
                return of(stackFixture.contended(), route, path);
            });
        }
        for (var route : List.of(WEBHOOK, CHANGE, UNREGISTER, ROTATE, TEST, RECOVER, DELIVERIES)) {
            problem(
                    route,
                    ProblemCatalogue.WEBHOOK_NOT_FOUND,
                    stackFixture -> of(stackFixture.api(), route, NO_WEBHOOK));
        }
        for (var route : List.of(CHANGE, UNREGISTER, ROTATE)) {
            problem(route, ProblemCatalogue.CONTENDED, stackFixture -> {
                var path = registered(stackFixture.mended(), StackFixture.key());
                return of(stackFixture.contended(), route, path);
            });
        }
        for (var route : List.of(WEBHOOKS, WEBHOOK, UNREGISTER, ROTATE, TEST, DELIVERIES)) {
            problem(
                    route,
                    ProblemCatalogue.INVALID_REQUEST,
                    stackFixture -> send(stackFixture.api(), route + "?force", "nobody", ""));
        }
    }

    /** What is wrong with an endpoint, whether it is a new one or not. */
    private void endpoint(String route, Endpoint told) {
        problem(route, ProblemCatalogue.INVALID_JSON, told.by("{"));
        problem(route, ProblemCatalogue.INVALID_REQUEST, told.by("{\"url\": 1}"));
        problem(route, ProblemCatalogue.UNKNOWN_FIELD, told.by("{\"uri\": \"http://127.0.0.1:9/\"}"));
        problem(route, ProblemCatalogue.PAYLOAD_TOO_LARGE, told.by("[".repeat(10_000)));
        problem(
                route,
                ProblemCatalogue.ACCOUNT_NOT_FOUND,
                told.by("{\"url\": \"http://127.0.0.1:9/\", \"accounts\": [\"nobody\"]}"));
        problem(route, ProblemCatalogue.ACCOUNT_LIVE_ONLY, stackFixture -> {
            var body = "{\"url\": \"http://127.0.0.1:9/\", \"accounts\": [\"%s\"]}"
                    .formatted(stackFixture.tenant().name());
            return stackFixture
                    .testing()
                    .given()
                    .body(body)
                    .request(route.split(" ")[0], route.equals(REGISTER) ? "/v1/webhooks" : NO_WEBHOOK);
        });
        problem(route, ProblemCatalogue.WEBHOOK_URL_INVALID, stackFixture -> {
            var newcomer = stackFixture.newcomer();
            var body = "{\"url\": \"https://10.0.0.1/\"}";
            return route.equals(REGISTER)
                    ? newcomer.post("/v1/webhooks", body)
                    : patch(newcomer, registered(newcomer, "public"), body);
        });
    }

    private interface Endpoint {
        Attempt by(String body);
    }

    /** @return the path of a new endpoint, where nobody listens */
    private static String registered(Api api, String name) throws Exception {
        var answer = api.post("/v1/webhooks", TO_NOBODY_THERE.formatted(name));
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(201);
        return answer.header("Location");
    }

    private static Response of(Api api, String route, String path) throws Exception {
        return api.given()
                .body(route.equals(CHANGE) ? "{\"description\": \"d\"}" : route.equals(RECOVER) ? SINCE : "")
                .request(route.split(" ")[0], route.split(" ")[1].replace("/v1/webhooks/{id}", path));
    }

    private static Response patch(Api api, String path, String body) throws Exception {
        return api.given().body(body).patch(path);
    }

    private void open() {
        add(ERRORS, 200, JSON, stackFixture -> stackFixture.api().get("/v1/errors"));
        problem(ERRORS, ProblemCatalogue.INVALID_REQUEST, stackFixture -> stackFixture
                .api()
                .get("/v1/errors?code=internal"));
        add(DOCUMENT, 200, JSON, stackFixture -> stackFixture.api().get("/v1/openapi.json"));
        problem(DOCUMENT, ProblemCatalogue.INVALID_REQUEST, stackFixture -> stackFixture
                .api()
                .get("/v1/openapi.json?pretty"));
    }

    private void callbacks() {
        add(CALLBACK, 200, TEXT, stackFixture -> stackFixture
                .api()
                .get(stackFixture.tenant().callbacks() + "?STATUS=%3F"));
        problem(CALLBACK, ProblemCatalogue.NOT_FOUND, stackFixture -> stackFixture
                .api()
                .get(stackFixture.tenant().callbacks() + "x"));
        problem(CALLBACK, ProblemCatalogue.NOT_SUPPORTED_BY_PROVIDER, stackFixture -> stackFixture
                .api()
                .get(stackFixture.panel().callbacks()));
        add(CALLBACK, 503, TEXT, stackFixture -> stackFixture
                .denied()
                .get(stackFixture.troubled().callbacks() + "?STATUS=%3F"));
        add(CALLBACK_BODY, 200, TEXT, stackFixture -> stackFixture
                .api()
                .post(stackFixture.tenant().callbacks(), "?"));
        problem(CALLBACK_BODY, ProblemCatalogue.NOT_FOUND, stackFixture -> stackFixture
                .api()
                .post(stackFixture.tenant().callbacks() + "x", "?"));
        problem(CALLBACK_BODY, ProblemCatalogue.NOT_SUPPORTED_BY_PROVIDER, stackFixture -> stackFixture
                .api()
                .post(stackFixture.panel().callbacks(), "?"));
        add(CALLBACK_BODY, 503, TEXT, stackFixture -> stackFixture
                .denied()
                .post(stackFixture.troubled().callbacks(), "?"));
        add(
                PROBE,
                200,
                NONE,
                stackFixture -> head(stackFixture.api(), stackFixture.tenant().callbacks()));
        add(
                PROBE,
                404,
                NONE,
                stackFixture -> head(stackFixture.api(), stackFixture.tenant().callbacks() + "x"));
        add(
                PROBE,
                422,
                NONE,
                stackFixture -> head(stackFixture.api(), stackFixture.panel().callbacks()));
    }

    /** What keys, API Gateway and a table that fails have answered, wherever the document tells of it. */
    private void everywhere() {
        for (var response : document.responses()) {
            var route = response.route();
            if (route.equals(PROBE)) {
                gateway(PROBE, response.status(), NONE);
            }
            response.contents().map(Map.Entry::getKey).forEach(mediaType -> {
                if (mediaType.equals(JSON)) {
                    gateway(route, response.status(), JSON);
                } else if (response.status() == 500) {
                    problem(
                            route,
                            ProblemCatalogue.INTERNAL,
                            stackFixture -> call(stackFixture, stackFixture.denied(), route));
                } else if (response.status() == 403) {
                    problem(
                            route,
                            ProblemCatalogue.FORBIDDEN_SCOPE,
                            stackFixture -> call(stackFixture, stackFixture.barred(document.scope(route)), route));
                }
            });
        }
    }

    private void gateway(String route, int status, String mediaType) {
        switch (status) {
            case 400 ->
                add(route, 400, mediaType, stackFixture -> send(stackFixture.api(), route + "%00", "nobody", ""));
            case 401 ->
                add(
                        route,
                        401,
                        mediaType,
                        stackFixture -> call(stackFixture, stackFixture.api().as(""), route));
            case 403 ->
                add(
                        route,
                        403,
                        mediaType,
                        stackFixture -> call(stackFixture, stackFixture.api().as("hpk_live_none"), route));
            case 404 -> add(route, 404, mediaType, stackFixture -> send(stackFixture.api(), route, "no%2Fbody", ""));
            case 413 ->
                add(
                        route,
                        413,
                        mediaType,
                        stackFixture -> send(stackFixture.api(), route, "nobody", "a".repeat(TOO_LONG)));
            case 429 -> add(route, 429, mediaType, stackFixture -> call(stackFixture, stackFixture.crowded(), route));
            case 500 -> add(route, 500, mediaType, stackFixture -> call(stackFixture, stackFixture.broken(), route));
            case 503 -> add(route, 503, mediaType, stackFixture -> call(stackFixture, stackFixture.slow(), route));
            default -> {}
        }
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Of an account that is there, and a batch or endpoint that is not. */
    private static Response call(StackFixture stackFixture, Api api, String route) throws Exception {
        var account = stackFixture.troubled().name();
        var body =
                switch (route) {
                    case SEND -> TO_NOBODY.replace("nobody", account);
                    case REGISTER -> TO_NOBODY_THERE.formatted("call");
                    case CHANGE -> "{}";
                    case RECOVER -> SINCE;
                    case FORGET -> OF_NOBODY;
                    case SEARCH -> "{\"to\": \"+886912345678\"}";
                    default -> "";
                };
        var id = last(
                route.contains("/webhooks/")
                        ? NO_WEBHOOK
                        : route.equals(ERASURE) ? NO_ERASURE : route.equals(MESSAGE) ? NO_MESSAGE : NO_BATCH);
        return send(api, route.replace("{id}", id), account, body);
    }

    private static Response send(Api api, String route, String parameter, String body) throws Exception {
        var parts = route.split(" ");
        return api.given().body(body).request(parts[0], parts[1].replaceAll("\\{\\w+}", parameter));
    }

    private static Response head(Api api, String path) throws Exception {
        return api.given().request("HEAD", path);
    }

    private interface Repeated {
        Response with(String key) throws Exception;
    }

    private static Response twice(Repeated call) throws Exception {
        var key = StackFixture.key();
        call.with(key);
        return call.with(key);
    }

    /** Another request by the key of the first. */
    private static Response changed(Repeated first, Repeated other) throws Exception {
        var key = StackFixture.key();
        var answer = first.with(key);
        assertThat(answer.statusCode()).as(Api.text(answer)).isBetween(200, 202);
        return other.with(key);
    }
}
