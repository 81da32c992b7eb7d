package hoopoe.contract;

import static hoopoe.contract.Trial.JSON;
import static hoopoe.contract.Trial.NONE;
import static hoopoe.contract.Trial.PROBLEM;
import static hoopoe.contract.Trial.TEXT;

import hoopoe.contract.Trial.Attempt;
import hoopoe.local.wire.Ending;
import hoopoe.local.wire.Fault;
import hoopoe.testing.Api;
import hoopoe.testing.Api.Answer;
import hoopoe.testing.Await;
import hoopoe.testing.Bodies;
import hoopoe.testing.SharedStack;
import java.util.ArrayList;
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
        all.add(new Trial(route, status, mediaType, attempt));
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
        add(SEND, 400, PROBLEM, scene -> scene.api().send("{"));
        add(SEND, 404, PROBLEM, scene -> scene.api().send(TO_NOBODY));
        add(SEND, 409, PROBLEM, scene -> {
            var body = Bodies.to(scene.troubled(), 1);
            scene.mended().send(body);
            return scene.contendedAtOnce().send(body, "Idempotency-Key", Scene.key());
        });
        add(SEND, 413, PROBLEM, scene -> scene.api().send("[".repeat(10_000)));
        add(SEND, 422, PROBLEM, scene -> scene.api().send("{\"text\": \"a\", \"recipients\": [{\"to\": \"0\"}]}"));
        add(SEND, 502, PROBLEM, scene -> scene.api().send(TO_NOBODY.replace("nobody", SharedStack.REFUSED)));
        add(SEND, 503, PROBLEM, scene -> {
            var body = Bodies.to(scene.troubled(), 1);
            scene.mended().send(body);
            return scene.contendedAtOnce().send(body);
        });
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
        add(LIST, 400, PROBLEM, scene -> scene.api().get("/v1/batches?cursor=x"));
        add(LIST, 404, PROBLEM, scene -> scene.api().get("/v1/batches?account=nobody"));
        add(BATCH, 200, JSON, scene -> scene.api().get("/v1/batches/" + scene.told()));
        add(BATCH, 400, PROBLEM, scene -> scene.api().get(NO_BATCH + "?fields=id"));
        add(BATCH, 404, PROBLEM, scene -> scene.api().get(NO_BATCH));
        add(MESSAGES, 200, JSON, scene -> scene.api().get("/v1/batches/" + scene.told() + "/messages"));
        add(MESSAGES, 200, JSON, scene -> scene.api().get("/v1/batches/" + scene.told() + "/messages?limit=1"));
        add(MESSAGES, 400, PROBLEM, scene -> scene.api().get(NO_BATCH + "/messages?limit=0"));
        add(MESSAGES, 404, PROBLEM, scene -> scene.api().get(NO_BATCH + "/messages"));
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
        add(REPLIES, 400, PROBLEM, scene -> scene.api().get("/v1/replies?until=now"));
        add(REPLIES, 404, PROBLEM, scene -> scene.api().get("/v1/replies?account=nobody"));
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
        add(ERASE, 400, PROBLEM, scene -> scene.api().delete(NO_BATCH, "Idempotency-Key", "two words"));
        add(ERASE, 404, PROBLEM, scene -> scene.api().delete(NO_BATCH));
        add(ERASE, 409, PROBLEM, scene -> scene.api().delete("/v1/batches/" + scene.told()));
        add(ERASE, 422, PROBLEM, scene -> scene.api()
                .delete("/v1/batches/" + scene.sent(scene.api(), scene.panel().name(), "", "09121234567")));
        add(ERASE, 503, PROBLEM, scene -> {
            var id = scene.sent(scene.mended(), scene.troubled().name(), "", "0912345678");
            return scene.contended().delete("/v1/batches/" + id);
        });
    }

    private void settling() {
        add(CONFIRM, 200, JSON, scene -> {
            var path = confirm(scene.unconfirmed(scene.api(), scene.ownTenant()));
            var word = "{\"reference\": \"" + UUID.randomUUID() + "\", \"note\": \"as they say\"}";
            return twice(key -> scene.api().post(path, word, "Idempotency-Key", key));
        });
        add(CONFIRM, 400, PROBLEM, scene -> scene.api().post(confirm(scene.sent()), "{"));
        add(CONFIRM, 404, PROBLEM, scene -> scene.api()
                .post(confirm(scene.sent()).replace("/0/", "/7/"), ""));
        add(CONFIRM, 409, PROBLEM, scene -> scene.api().post(confirm(scene.sent()), ""));
        add(CONFIRM, 413, PROBLEM, scene -> scene.api().post(confirm(scene.sent()), "[".repeat(10_000)));
        add(CONFIRM, 422, PROBLEM, scene -> {
            var path = confirm(scene.unconfirmed(scene.api(), scene.ownTenant()));
            var key = Scene.key();
            scene.api().post(path, "", "Idempotency-Key", key);
            return scene.api().post(path, "{\"note\": \"another\"}", "Idempotency-Key", key);
        });
        add(CONFIRM, 503, PROBLEM, scene -> {
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
        add(RESEND, 400, PROBLEM, scene -> scene.api().post(resend(scene.sent()), "{\"reference\": \"r\"}"));
        add(RESEND, 404, PROBLEM, scene -> scene.api().post(resend(scene.sent()).replace("/0/", "/7/"), ""));
        add(RESEND, 409, PROBLEM, scene -> scene.api()
                .post(resend(scene.unconfirmed(scene.api(), scene.ownTenant())), ""));
        add(RESEND, 413, PROBLEM, scene -> scene.api().post(resend(scene.sent()), "[".repeat(10_000)));
        add(RESEND, 422, PROBLEM, scene -> {
            var path = resend(scene.unconfirmed(scene.mended(), scene.ownTroubled()));
            var key = Scene.key();
            Await.until(
                    "late enough", () -> scene.mended().post(path, "", "Idempotency-Key", key), answer -> !answer.code()
                            .equals("too_early_to_resend"));
            return scene.mended().post(path, "{\"note\": \"another\"}", "Idempotency-Key", key);
        });
        add(RESEND, 503, PROBLEM, scene -> {
            var path = resend(scene.unconfirmed(scene.mended(), scene.ownTroubled()));
            return Await.until("late enough", () -> scene.contended().post(path, ""), answer -> !answer.code()
                    .equals("too_early_to_resend"));
        });
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
        add(ACCOUNTS, 400, PROBLEM, scene -> scene.api().get("/v1/accounts?name=x"));
        add(CREDIT, 200, JSON, scene -> scene.api()
                .get("/v1/accounts/" + scene.tenant().name() + "/credit"));
        add(CREDIT, 400, PROBLEM, scene -> scene.api().get("/v1/accounts/nobody/credit?fresh"));
        add(CREDIT, 404, PROBLEM, scene -> scene.api().get("/v1/accounts/nobody/credit"));
        add(CREDIT, 422, PROBLEM, scene -> scene.api()
                .get("/v1/accounts/" + scene.premium().name() + "/credit"));
        add(CREDIT, 502, PROBLEM, scene -> scene.api().get("/v1/accounts/" + SharedStack.REFUSED + "/credit"));
        add(CREDIT, 503, PROBLEM, scene -> {
            var tenant = scene.ownTenant();
            tenant.every8d().faults().always("getCredit", Fault.html500());
            scene.forgetCredit(tenant);
            return scene.api().get("/v1/accounts/" + tenant.name() + "/credit");
        });
        add(SESSION, 200, JSON, scene -> scene.api()
                .delete("/v1/accounts/" + scene.ownTenant().name() + "/session"));
        add(SESSION, 200, JSON, scene -> {
            var path = "/v1/accounts/" + scene.ownTenant().name() + "/session";
            return twice(key -> scene.api().delete(path, "Idempotency-Key", key));
        });
        add(SESSION, 400, PROBLEM, scene -> scene.api().delete("/v1/accounts/nobody/session?force"));
        add(SESSION, 404, PROBLEM, scene -> scene.api().delete("/v1/accounts/nobody/session"));
        add(SESSION, 409, PROBLEM, scene -> scene.contended()
                .delete("/v1/accounts/" + scene.troubled().name() + "/session", "Idempotency-Key", Scene.key()));
        add(SESSION, 422, PROBLEM, scene -> scene.api()
                .delete("/v1/accounts/" + scene.panel().name() + "/session"));
        add(SESSION, 503, PROBLEM, scene -> scene.contended()
                .delete("/v1/accounts/" + scene.troubled().name() + "/session"));
    }

    private void open() {
        add(ERRORS, 200, JSON, scene -> scene.api().get("/v1/errors"));
        add(ERRORS, 400, PROBLEM, scene -> scene.api().get("/v1/errors?code=internal"));
        add(DOCUMENT, 200, JSON, scene -> scene.api().get("/v1/openapi.json"));
        add(DOCUMENT, 400, PROBLEM, scene -> scene.api().get("/v1/openapi.json?pretty"));
    }

    private void callbacks() {
        add(CALLBACK, 200, TEXT, scene -> scene.api().get(scene.tenant().callbacks() + "?STATUS=?"));
        add(CALLBACK, 404, PROBLEM, scene -> scene.api().get(scene.tenant().callbacks() + "x"));
        add(CALLBACK, 422, PROBLEM, scene -> scene.api().get(scene.panel().callbacks()));
        add(CALLBACK, 503, TEXT, scene -> scene.denied().get(scene.troubled().callbacks() + "?STATUS=?"));
        add(CALLBACK_BODY, 200, TEXT, scene -> scene.api().post(scene.tenant().callbacks(), "?"));
        add(CALLBACK_BODY, 404, PROBLEM, scene -> scene.api()
                .post(scene.tenant().callbacks() + "x", "?"));
        add(CALLBACK_BODY, 422, PROBLEM, scene -> scene.api().post(scene.panel().callbacks(), "?"));
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
                    add(route, 500, PROBLEM, scene -> call(scene, scene.denied(), route));
                } else if (response.status() == 403) {
                    add(route, 403, PROBLEM, scene -> call(scene, scene.barred(document.scope(route)), route));
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
}
