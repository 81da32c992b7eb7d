package hoopoe.contract;

import static hoopoe.contract.Trial.JSON;
import static hoopoe.contract.Trial.NONE;
import static hoopoe.contract.Trial.PROBLEM;
import static hoopoe.contract.Trial.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.contract.Trial.Attempt;
import hoopoe.api.http.ProblemCatalogue;
import hoopoe.local.wire.Ending;
import hoopoe.local.wire.Fault;
import hoopoe.testing.Api;
import hoopoe.testing.Api.Answer;
import hoopoe.testing.Await;
import hoopoe.testing.Bodies;
import hoopoe.testing.SharedStack;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A call for each answer that the document tells of. */
final class Trials {

    private static final String SEND = "POST /v1/batches";
    private static final String LIST = "GET /v1/batches";
    private static final String BATCH = "GET /v1/batches/{id}";
    private static final String MESSAGES = "GET /v1/batches/{id}/messages";
    private static final String ERASE = "DELETE /v1/batches/{id}";
    private static final String CONFIRM = "POST /v1/batches/{id}/dispatches/{n}/confirm";
    private static final String RESEND = "POST /v1/batches/{id}/dispatches/{n}/resend";
    private static final String REPLIES = "GET /v1/replies";
    private static final String ACCOUNTS = "GET /v1/accounts";
    private static final String CREDIT = "GET /v1/accounts/{account}/credit";
    private static final String SESSION = "DELETE /v1/accounts/{account}/session";
    private static final String ERRORS = "GET /v1/errors";
    private static final String DOCUMENT = "GET /v1/openapi.json";
    private static final String CALLBACK = "GET /callbacks/{account}/{token}";
    private static final String CALLBACK_BODY = "POST /callbacks/{account}/{token}";
    private static final String PROBE = "HEAD /callbacks/{account}/{token}";

    private static final String NO_BATCH = "/v1/batches/bat_01ARZ3NDEKTSV4RRFFQ69G5FAV";
    private static final String TO_NOBODY =
            "{\"account\": \"nobody\", \"text\": \"a\", \"recipients\": [{\"to\": \"0912345678\"}]}";
    private static final String REFERENCE = "{\"reference\": \"%s\"}";
    private static final String LONG_AGO = "2020-02-02T20:20:20.000Z";

    /** Recipients of a batch by EVERY8D. */
    private static final int MOST = 10_000;

    private static final int TOO_LONG = 7 * 1024 * 1024;

    private final OpenApi document;
    private final List<Trial> all = new ArrayList<>();

    private Trials(OpenApi document) {
        this.document = document;
    }

    static List<Trial> of(OpenApi document) {
        var trials = new Trials(document);
        trials.sending();
        trials.batches();
        trials.erasing();
        trials.settling();
        trials.accounts();
        trials.open();
        trials.callbacks();
        trials.everywhere();
        return trials.all;
    }

    private void add(String route, int status, String mediaType, Attempt attempt) {
        all.add(new Trial(route, status, mediaType, "", attempt));
    }

    private void problem(String route, ProblemCatalogue problem, Attempt attempt) {
        all.add(new Trial(route, problem.status(), PROBLEM, problem.code(), attempt));
    }

    private void sending() {
        add(SEND, 200, JSON, scene -> scene.api()
                .send("""
                {"account": "%s", "dry_run": true, "subject": "s", "reference": "r", "send_at": "%s", "text": "hello",
                 "recipients": [{"to": "0912345678"}, {"to": "+12025550123"}, {"to": "0"}]}""".formatted(scene.tenant().name(), Scene.later())));
        add(SEND, 202, JSON, scene -> scene.api()
                .send("""
                {"account": "%s", "validity_seconds": 3600, "reference": "r", "text": "hello",
                 "recipients": [{"to": "0912345678"}, {"to": "0"}]}""".formatted(scene.tenant().name())));
        add(
                SEND,
                202,
                JSON,
                scene -> twice(key -> scene.api().send(Bodies.to(scene.tenant(), 2), "Idempotency-Key", key)));
        add(SEND, 202, JSON, scene -> scene.api().send("""
                {"account": "%s", "text": "hello", "recipients": [{"to": "0901727051", "received_id": "%s"}]}""".formatted(
                        scene.premium().name(),
                        scene.premium().receive("421901727051", "WEATHER").id())));
        add(SEND, 202, JSON, scene -> scene.api()
                .send("""
                {"account": "%s", "text": "hello", "recipients": [{"to": "09121234567"}]}""".formatted(scene.panel().name())));
        problem(SEND, ProblemCatalogue.INVALID_JSON, scene -> scene.api().send("{"));
        problem(SEND, ProblemCatalogue.INVALID_REQUEST, scene -> scene.api().send("{\"text\": \"a\", \"recipients\": []}"));
        problem(SEND, ProblemCatalogue.UNKNOWN_FIELD, scene -> scene.api().send("{\"txt\": \"a\"}"));
        problem(SEND, ProblemCatalogue.IDEMPOTENCY_KEY_INVALID, scene -> scene.api()
                .send(TO_NOBODY, "Idempotency-Key", "two words"));
        problem(SEND, ProblemCatalogue.ACCOUNT_REQUIRED, scene -> scene.mended()
                .send(TO_NOBODY.replace("\"account\": \"nobody\",", "")));
        problem(SEND, ProblemCatalogue.ACCOUNT_LIVE_ONLY, scene -> scene.testing().send(Bodies.to(scene.tenant(), 1)));
        problem(SEND, ProblemCatalogue.ACCOUNT_NOT_FOUND, scene -> scene.api().send(TO_NOBODY));
        problem(SEND, ProblemCatalogue.IDEMPOTENCY_IN_PROGRESS, scene -> {
            var body = Bodies.to(scene.troubled(), 1);
            scene.mended().send(body);
            return scene.contendedAtOnce().send(body, "Idempotency-Key", Scene.key());
        });
        problem(SEND, ProblemCatalogue.PAYLOAD_TOO_LARGE, scene -> scene.api().send("[".repeat(10_000)));
        problem(SEND, ProblemCatalogue.NO_VALID_RECIPIENT, scene -> scene.api()
                .send("{\"text\": \"a\", \"recipients\": [{\"to\": \"0\"}]}"));
        unsendable();
        problem(SEND, ProblemCatalogue.PROVIDER_REFUSED, scene -> scene.api()
                .send(TO_NOBODY.replace("nobody", SharedStack.REFUSED)));
        problem(SEND, ProblemCatalogue.ACCOUNT_MISCONFIGURED, scene -> scene.api()
                .send(TO_NOBODY.replace("nobody", SharedStack.MISSPELT)));
        problem(SEND, ProblemCatalogue.CONTENDED, scene -> {
            var body = Bodies.to(scene.troubled(), 1);
            scene.mended().send(body);
            return scene.contendedAtOnce().send(body);
        });
        problem(SEND, ProblemCatalogue.PROVIDER_BUSY, scene -> {
            var tenant = scene.ownTroubled();
            // A tick may have asked for its credit, and have logged in for that.
            scene.mended().delete("/v1/accounts/" + tenant.name() + "/session");
            return scene.contended().send(Bodies.to(tenant, 1));
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
        problem(SEND, ProblemCatalogue.TOO_MANY_RECIPIENTS, scene -> scene.api()
                .send("{\"text\": \"a\", \"recipients\": [%s]}"
                        .formatted(String.join(",", Collections.nCopies(MOST + 1, "{\"to\": \"0912345678\"}")))));
        problem(SEND, ProblemCatalogue.RECEIVED_ID_USED, scene -> {
            var id = scene.premium().receive("421901727051", "WEATHER").receivedId();
            scene.answered(id);
            return scene.answered(id);
        });
        problem(SEND, ProblemCatalogue.IDEMPOTENCY_KEY_REUSED, scene -> {
            var key = Scene.key();
            scene.api().send(Bodies.to(scene.tenant(), 1), "Idempotency-Key", key);
            return scene.api().send(Bodies.to(scene.tenant(), 2), "Idempotency-Key", key);
        });
    }

    private void unsendable(ProblemCatalogue problem, String members) {
        problem(SEND, problem, scene -> scene.api()
                .send("{\"account\": \"%s\", %s, \"recipients\": [{\"to\": \"0912345678\"}]}"
                        .formatted(scene.tenant().name(), members)));
    }

    private void batches() {
        add(LIST, 200, JSON, scene -> {
            scene.told();
            return scene.api().get("/v1/batches?account=" + scene.tenant().name());
        });
        add(LIST, 200, JSON, scene -> {
            scene.sent();
            scene.sent();
            return scene.api().get("/v1/batches?limit=1");
        });
        problem(LIST, ProblemCatalogue.INVALID_REQUEST, scene -> scene.api().get("/v1/batches?limit=0"));
        problem(LIST, ProblemCatalogue.CURSOR_INVALID, scene -> scene.api().get("/v1/batches?cursor=x"));
        problem(LIST, ProblemCatalogue.ACCOUNT_LIVE_ONLY, scene -> scene.testing()
                .get("/v1/batches?account=" + scene.tenant().name()));
        problem(LIST, ProblemCatalogue.ACCOUNT_NOT_FOUND, scene -> scene.api().get("/v1/batches?account=nobody"));
        add(BATCH, 200, JSON, scene -> scene.api().get("/v1/batches/" + scene.told()));
        problem(BATCH, ProblemCatalogue.INVALID_REQUEST, scene -> scene.api().get(NO_BATCH + "?fields=id"));
        problem(BATCH, ProblemCatalogue.BATCH_NOT_FOUND, scene -> scene.api().get(NO_BATCH));
        add(MESSAGES, 200, JSON, scene -> scene.api().get("/v1/batches/" + scene.told() + "/messages"));
        add(MESSAGES, 200, JSON, scene -> scene.api().get("/v1/batches/" + scene.told() + "/messages?limit=1"));
        problem(MESSAGES, ProblemCatalogue.CURSOR_INVALID, scene -> scene.api()
                .get("/v1/batches/" + scene.sent() + "/messages?cursor=x"));
        problem(MESSAGES, ProblemCatalogue.INVALID_REQUEST, scene -> scene.api().get(NO_BATCH + "/messages?limit=0"));
        problem(MESSAGES, ProblemCatalogue.BATCH_NOT_FOUND, scene -> scene.api().get(NO_BATCH + "/messages"));
        add(REPLIES, 200, JSON, scene -> {
            var batch = scene.told();
            Await.until("answered", () -> scene.api().replies(batch), some -> !some.isEmpty());
            return scene.api().get("/v1/replies?batch=" + batch);
        });
        add(REPLIES, 200, JSON, scene -> {
            scene.premium().receive("421901727052", "NEWS");
            var path = "/v1/replies?limit=1&account=" + scene.premium().name();
            return Await.until("received", () -> scene.api().get(path), answer -> !answer.json()
                    .path("replies")
                    .isEmpty());
        });
        problem(REPLIES, ProblemCatalogue.CURSOR_INVALID, scene -> scene.api().get("/v1/replies?cursor=x"));
        problem(REPLIES, ProblemCatalogue.ACCOUNT_LIVE_ONLY, scene -> scene.testing()
                .get("/v1/replies?account=" + scene.tenant().name()));
        problem(REPLIES, ProblemCatalogue.INVALID_REQUEST, scene -> scene.api().get("/v1/replies?until=now"));
        problem(REPLIES, ProblemCatalogue.ACCOUNT_NOT_FOUND, scene -> scene.api().get("/v1/replies?account=nobody"));
    }

    private void erasing() {
        add(ERASE, 200, JSON, scene -> scene.api().delete("/v1/batches/" + scene.scheduled(scene.tenant())));
        add(ERASE, 200, JSON, scene -> {
            var path = "/v1/batches/" + scene.scheduled(scene.tenant());
            return twice(key -> scene.api().delete(path, "Idempotency-Key", key));
        });
        add(ERASE, 202, JSON, scene -> {
            var tenant = scene.ownTenant();
            var id = scene.scheduled(tenant);
            tenant.every8d().faults().next("eraseBooking", Fault.dropAfterWork(Ending.RESET));
            tenant.every8d().faults().next("getDeliveryStatus", Fault.html500());
            return scene.api().delete("/v1/batches/" + id);
        });
        problem(ERASE, ProblemCatalogue.INVALID_REQUEST, scene -> scene.api().delete(NO_BATCH + "?force"));
        problem(ERASE, ProblemCatalogue.IDEMPOTENCY_KEY_INVALID, scene -> scene.api()
                .delete(NO_BATCH, "Idempotency-Key", "two words"));
        problem(ERASE, ProblemCatalogue.BATCH_NOT_FOUND, scene -> scene.api().delete(NO_BATCH));
        problem(ERASE, ProblemCatalogue.TOO_LATE_TO_CANCEL, scene -> scene.api().delete("/v1/batches/" + scene.told()));
        problem(ERASE, ProblemCatalogue.IDEMPOTENCY_KEY_REUSED, scene -> {
            var path = "/v1/batches/" + scene.scheduled(scene.tenant());
            return changed(key -> scene.api().delete(path, "Idempotency-Key", key), key -> scene.api()
                    .call("DELETE", path, "{}", "Idempotency-Key", key));
        });
        problem(ERASE, ProblemCatalogue.NOT_SUPPORTED_BY_PROVIDER, scene -> scene.api()
                .delete("/v1/batches/" + scene.sent(scene.api(), scene.panel().name(), "", "09121234567")));
        problem(ERASE, ProblemCatalogue.CONTENDED, scene -> {
            var id = scene.sent(scene.mended(), scene.troubled().name(), "", "0912345678");
            return scene.contended().delete("/v1/batches/" + id);
        });
    }

    private void settling() {
        word(CONFIRM, Trials::confirm);
        word(RESEND, Trials::resend);
        add(CONFIRM, 200, JSON, scene -> {
            var path = confirm(scene.unconfirmed(scene.api(), scene.ownTenant()));
            var word = "{\"reference\": \"" + UUID.randomUUID() + "\", \"note\": \"as they say\"}";
            return twice(key -> scene.api().post(path, word, "Idempotency-Key", key));
        });

        problem(CONFIRM, ProblemCatalogue.ACCOUNT_NOT_FOUND, scene -> confirmedOf(scene, "gone"));
        problem(CONFIRM, ProblemCatalogue.ACCOUNT_MISCONFIGURED, scene -> confirmedOf(scene, SharedStack.MISSPELT));
        problem(CONFIRM, ProblemCatalogue.REFERENCE_HELD, scene -> {
            var word = REFERENCE.formatted(Scene.key());
            scene.api().post(confirm(scene.unconfirmed(scene.api(), scene.tenant())), word);
            return scene.api().post(confirm(scene.unconfirmed(scene.api(), scene.tenant())), word);
        });
        problem(CONFIRM, ProblemCatalogue.REFERENCE_DIFFERS, scene -> scene.api()
                .post(confirm(scene.unconfirmedPremium()), REFERENCE.formatted("another")));
        problem(CONFIRM, ProblemCatalogue.NOT_SUPPORTED_BY_PROVIDER, scene -> {
            scene.panel().panel().faults().next("SendSMS", Fault.dropBeforeWork(Ending.RESET));
            var id = scene.sent(scene.api(), scene.panel().name(), "", "09121234567\"}, {\"to\": \"09121234568");
            return scene.api().post(confirm(id), REFERENCE.formatted("1"));
        });
        problem(CONFIRM, ProblemCatalogue.IDEMPOTENCY_KEY_REUSED, scene -> {
            var path = confirm(scene.unconfirmed(scene.api(), scene.tenant()));
            return changed(key -> scene.api().post(path, "", "Idempotency-Key", key), key -> scene.api()
                    .post(path, "{\"note\": \"another\"}", "Idempotency-Key", key));
        });
        problem(CONFIRM, ProblemCatalogue.CONTENDED, scene -> {
            var id = scene.unconfirmed(scene.mended(), scene.ownTroubled());
            return scene.contended().post(confirm(id), "");
        });
        add(RESEND, 202, JSON, scene -> {
            var path = resend(scene.unconfirmed(scene.mended(), scene.ownTroubled()));
            return twice(key -> Await.until(
                    "late enough",
                    () -> scene.mended().post(path, "{\"note\": \"as they say\"}", "Idempotency-Key", key),
                    answer -> !answer.code().equals("too_early_to_resend")));
        });
        problem(RESEND, ProblemCatalogue.BATCH_CANCELLED, scene -> {
            var id = scene.unconfirmed(scene.api(), scene.tenant());
            scene.api().delete("/v1/batches/" + id);
            return scene.api().post(resend(id), "");
        });
        problem(RESEND, ProblemCatalogue.TOO_LATE_TO_RESEND, scene -> {
            var id = scene.unconfirmed(scene.api(), scene.tenant());
            scene.amendBatch(id, "not_after", LONG_AGO);
            return scene.api().post(resend(id), "");
        });
        problem(RESEND, ProblemCatalogue.PROVIDER_HAS_IT, scene -> {
            var id = scene.unconfirmedPremium();
            scene.reportPremium(id);
            scene.amendDispatch(id, "claimed", LONG_AGO);
            return scene.api().post(resend(id), "");
        });
        problem(RESEND, ProblemCatalogue.TOO_EARLY_TO_RESEND, scene -> scene.api()
                .post(resend(scene.unconfirmed(scene.api(), scene.ownTenant())), ""));
        problem(RESEND, ProblemCatalogue.IDEMPOTENCY_KEY_REUSED, scene -> {
            var path = resend(scene.unconfirmed(scene.mended(), scene.ownTroubled()));
            var key = Scene.key();
            Await.until(
                    "late enough", () -> scene.mended().post(path, "", "Idempotency-Key", key), answer -> !answer.code()
                            .equals("too_early_to_resend"));
            return scene.mended().post(path, "{\"note\": \"another\"}", "Idempotency-Key", key);
        });
        problem(RESEND, ProblemCatalogue.CONTENDED, scene -> {
            var path = resend(scene.unconfirmed(scene.mended(), scene.ownTroubled()));
            return Await.until("late enough", () -> scene.contended().post(path, ""), answer -> !answer.code()
                    .equals("too_early_to_resend"));
        });
    }

    /** What is wrong with a word whichever it is. */
    private void word(String route, Word word) {
        problem(route, ProblemCatalogue.INVALID_JSON, scene -> scene.api().post(word.on(scene.sent()), "{"));
        problem(route, ProblemCatalogue.INVALID_REQUEST, scene -> scene.api()
                .post(word.on(scene.sent()), "{\"note\": \"%s\"}".formatted("a".repeat(501))));
        problem(route, ProblemCatalogue.UNKNOWN_FIELD, scene -> scene.api()
                .post(word.on(scene.sent()), "{\"because\": \"a\"}"));
        problem(route, ProblemCatalogue.IDEMPOTENCY_KEY_INVALID, scene -> scene.api()
                .post(word.on(scene.sent()), "", "Idempotency-Key", "two words"));
        problem(route, ProblemCatalogue.BATCH_NOT_FOUND, scene -> scene.api()
                .post(word.on(NO_BATCH.substring(NO_BATCH.lastIndexOf('/') + 1)), ""));
        problem(route, ProblemCatalogue.DISPATCH_NOT_FOUND, scene -> scene.api()
                .post(word.on(scene.sent()).replace("/0/", "/7/"), ""));
        problem(route, ProblemCatalogue.DISPATCH_NOT_UNCONFIRMED, scene -> scene.api().post(word.on(scene.sent()), ""));
        problem(route, ProblemCatalogue.PAYLOAD_TOO_LARGE, scene -> scene.api()
                .post(word.on(scene.sent()), "[".repeat(10_000)));
    }

    private interface Word {
        String on(String batch);
    }

    /** After the account of the dispatch came to be another. */
    private static Answer confirmedOf(Scene scene, String account) throws Exception {
        var id = scene.unconfirmed(scene.api(), scene.tenant());
        scene.amendDispatch(id, "account", account);
        try {
            return scene.api().post(confirm(id), REFERENCE.formatted(Scene.key()));
        } finally {
            scene.amendDispatch(id, "account", scene.tenant().name());
        }
    }

    private static Answer credit(Scene scene, Fault fault) throws Exception {
        var tenant = scene.ownTenant();
        tenant.every8d().faults().always("getCredit", fault);
        scene.forgetCredit(tenant);
        return scene.api().get("/v1/accounts/" + tenant.name() + "/credit");
    }

    private static String confirm(String batch) {
        return "/v1/batches/" + batch + "/dispatches/0/confirm";
    }

    private static String resend(String batch) {
        return "/v1/batches/" + batch + "/dispatches/0/resend";
    }

    private void accounts() {
        add(ACCOUNTS, 200, JSON, scene -> {
            scene.api().get("/v1/accounts/" + scene.tenant().name() + "/credit");
            scene.api().send(TO_NOBODY.replace("nobody", SharedStack.REFUSED));
            scene.api().tick();
            return scene.api().get("/v1/accounts");
        });
        problem(ACCOUNTS, ProblemCatalogue.INVALID_REQUEST, scene -> scene.api().get("/v1/accounts?name=x"));
        add(CREDIT, 200, JSON, scene -> scene.api()
                .get("/v1/accounts/" + scene.tenant().name() + "/credit"));
        problem(CREDIT, ProblemCatalogue.ACCOUNT_LIVE_ONLY, scene -> scene.testing()
                .get("/v1/accounts/" + scene.tenant().name() + "/credit"));
        problem(CREDIT, ProblemCatalogue.INVALID_REQUEST, scene -> scene.api().get("/v1/accounts/nobody/credit?fresh"));
        problem(CREDIT, ProblemCatalogue.ACCOUNT_NOT_FOUND, scene -> scene.api().get("/v1/accounts/nobody/credit"));
        problem(CREDIT, ProblemCatalogue.NOT_SUPPORTED_BY_PROVIDER, scene -> scene.api()
                .get("/v1/accounts/" + scene.premium().name() + "/credit"));
        problem(CREDIT, ProblemCatalogue.PROVIDER_REFUSED, scene -> scene.api()
                .get("/v1/accounts/" + SharedStack.REFUSED + "/credit"));
        problem(CREDIT, ProblemCatalogue.ACCOUNT_MISCONFIGURED, scene -> scene.api()
                .get("/v1/accounts/" + SharedStack.MISSPELT + "/credit"));
        problem(CREDIT, ProblemCatalogue.PROVIDER_MALFORMED, scene -> credit(scene, Fault.says("2,310.00 points")));
        problem(CREDIT, ProblemCatalogue.PROVIDER_UNAVAILABLE, scene -> credit(scene, Fault.html500()));
        problem(CREDIT, ProblemCatalogue.PROVIDER_BUSY, scene -> credit(scene, Fault.refuses(-97)));
        add(SESSION, 200, JSON, scene -> scene.api()
                .delete("/v1/accounts/" + scene.ownTenant().name() + "/session"));
        add(SESSION, 200, JSON, scene -> {
            var path = "/v1/accounts/" + scene.ownTenant().name() + "/session";
            return twice(key -> scene.api().delete(path, "Idempotency-Key", key));
        });
        problem(SESSION, ProblemCatalogue.IDEMPOTENCY_KEY_INVALID, scene -> scene.api()
                .delete("/v1/accounts/" + scene.tenant().name() + "/session", "Idempotency-Key", "two words"));
        problem(SESSION, ProblemCatalogue.ACCOUNT_LIVE_ONLY, scene -> scene.testing()
                .delete("/v1/accounts/" + scene.tenant().name() + "/session"));
        problem(SESSION, ProblemCatalogue.INVALID_REQUEST, scene -> scene.api().delete("/v1/accounts/nobody/session?force"));
        problem(SESSION, ProblemCatalogue.ACCOUNT_NOT_FOUND, scene -> scene.api().delete("/v1/accounts/nobody/session"));
        problem(SESSION, ProblemCatalogue.IDEMPOTENCY_IN_PROGRESS, scene -> scene.contended()
                .delete("/v1/accounts/" + scene.troubled().name() + "/session", "Idempotency-Key", Scene.key()));
        problem(SESSION, ProblemCatalogue.IDEMPOTENCY_KEY_REUSED, scene -> {
            var path = "/v1/accounts/" + scene.tenant().name() + "/session";
            return changed(key -> scene.api().delete(path, "Idempotency-Key", key), key -> scene.api()
                    .call("DELETE", path, "{}", "Idempotency-Key", key));
        });
        problem(SESSION, ProblemCatalogue.NOT_SUPPORTED_BY_PROVIDER, scene -> scene.api()
                .delete("/v1/accounts/" + scene.panel().name() + "/session"));
        problem(SESSION, ProblemCatalogue.ACCOUNT_MISCONFIGURED, scene -> scene.api()
                .delete("/v1/accounts/" + SharedStack.MISSPELT + "/session"));
        problem(SESSION, ProblemCatalogue.PROVIDER_BUSY, scene -> scene.contended()
                .delete("/v1/accounts/" + scene.troubled().name() + "/session"));
    }

    private void open() {
        add(ERRORS, 200, JSON, scene -> scene.api().get("/v1/errors"));
        problem(ERRORS, ProblemCatalogue.INVALID_REQUEST, scene -> scene.api().get("/v1/errors?code=internal"));
        add(DOCUMENT, 200, JSON, scene -> scene.api().get("/v1/openapi.json"));
        problem(DOCUMENT, ProblemCatalogue.INVALID_REQUEST, scene -> scene.api().get("/v1/openapi.json?pretty"));
    }

    private void callbacks() {
        add(CALLBACK, 200, TEXT, scene -> scene.api().get(scene.tenant().callbacks() + "?STATUS=?"));
        problem(CALLBACK, ProblemCatalogue.NOT_FOUND, scene -> scene.api()
                .get(scene.tenant().callbacks() + "x"));
        problem(CALLBACK, ProblemCatalogue.NOT_SUPPORTED_BY_PROVIDER, scene -> scene.api()
                .get(scene.panel().callbacks()));
        add(CALLBACK, 503, TEXT, scene -> scene.denied().get(scene.troubled().callbacks() + "?STATUS=?"));
        add(CALLBACK_BODY, 200, TEXT, scene -> scene.api().post(scene.tenant().callbacks(), "?"));
        problem(CALLBACK_BODY, ProblemCatalogue.NOT_FOUND, scene -> scene.api()
                .post(scene.tenant().callbacks() + "x", "?"));
        problem(CALLBACK_BODY, ProblemCatalogue.NOT_SUPPORTED_BY_PROVIDER, scene -> scene.api()
                .post(scene.panel().callbacks(), "?"));
        add(CALLBACK_BODY, 503, TEXT, scene -> scene.denied()
                .post(scene.troubled().callbacks(), "?"));
        add(PROBE, 200, NONE, scene -> head(scene.api(), scene.tenant().callbacks()));
        add(PROBE, 404, NONE, scene -> head(scene.api(), scene.tenant().callbacks() + "x"));
        add(PROBE, 422, NONE, scene -> head(scene.api(), scene.panel().callbacks()));
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
                    problem(route, ProblemCatalogue.INTERNAL, scene -> call(scene, scene.denied(), route));
                } else if (response.status() == 403) {
                    problem(
                            route,
                            ProblemCatalogue.FORBIDDEN_SCOPE,
                            scene -> call(scene, scene.barred(document.scope(route)), route));
                }
            });
        }
    }

    private void gateway(String route, int status, String mediaType) {
        switch (status) {
            case 400 -> add(route, 400, mediaType, scene -> send(scene.api(), route + "%00", "nobody", ""));
            case 401 ->
                add(route, 401, mediaType, scene -> call(scene, scene.api().as(""), route));
            case 403 ->
                add(route, 403, mediaType, scene -> call(scene, scene.api().as("hpk_live_none"), route));
            case 404 -> add(route, 404, mediaType, scene -> send(scene.api(), route, "no%2Fbody", ""));
            case 413 -> add(route, 413, mediaType, scene -> send(scene.api(), route, "nobody", "a".repeat(TOO_LONG)));
            case 429 -> add(route, 429, mediaType, scene -> call(scene, scene.crowded(), route));
            case 500 -> add(route, 500, mediaType, scene -> call(scene, scene.broken(), route));
            case 503 -> add(route, 503, mediaType, scene -> call(scene, scene.slow(), route));
            default -> {}
        }
    }

    /** Of an account that is there, and a batch that is not. */
    private static Answer call(Scene scene, Api api, String route) throws Exception {
        var account = scene.troubled().name();
        var noBatch = NO_BATCH.substring(NO_BATCH.lastIndexOf('/') + 1);
        var body = route.equals(SEND) ? TO_NOBODY.replace("nobody", account) : "";
        return send(api, route.replace("{id}", noBatch), account, body);
    }

    private static Answer send(Api api, String route, String parameter, String body) throws Exception {
        var parts = route.split(" ");
        return api.call(parts[0], parts[1].replaceAll("\\{\\w+}", parameter), body);
    }

    private static Answer head(Api api, String path) throws Exception {
        return api.call("HEAD", path, "");
    }

    private interface Repeated {
        Answer with(String key) throws Exception;
    }

    private static Answer twice(Repeated call) throws Exception {
        var key = Scene.key();
        call.with(key);
        return call.with(key);
    }

    /** Another request by the key of the first. */
    private static Answer changed(Repeated first, Repeated other) throws Exception {
        var key = Scene.key();
        var answer = first.with(key);
        assertThat(answer.status()).as(answer.toString()).isBetween(200, 202);
        return other.with(key);
    }
}
