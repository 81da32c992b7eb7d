package hoopoe.local.every8d;

import static hoopoe.local.stage.Control.found;
import static hoopoe.local.stage.Control.number;
import static hoopoe.local.stage.Control.text;

import com.fasterxml.jackson.databind.JsonNode;
import hoopoe.local.stage.CallbackAttempt;
import hoopoe.local.stage.CallbackClient;
import hoopoe.local.stage.Control;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What people can ask and change of a simulated EVERY8D. */
record Every8dControl(Every8dSimulator simulator) implements Control.Own {

    @Override
    public List<String> operations() {
        return Stream.of(Operation.values()).map(Operation::wireName).toList();
    }

    @Override
    public List<String> index() {
        return List.of(
                "GET /_sim/batches, GET /_sim/callbacks",
                "GET, PUT /_sim/accounts {\"user\": \"demo\", \"password\": \"demo\", \"credit\": \"10\","
                        + " \"callback\": \"http://…\"}",
                "POST /_sim/replies {\"batch\": \"…\", \"mobile\": \"+886912345678\", \"text\": \"yes\"}",
                "POST /_sim/reports {\"batch\": \"…\", \"mobile\": \"+886912345678\", \"status\": 101}");
    }

    @Override
    public Object answer(String what, JsonNode body) {
        return switch (what) {
            case "GET /_sim/batches" ->
                simulator.batches().stream().map(BatchJson::of).toList();
            case "GET /_sim/callbacks" ->
                simulator.callbacks().stream().map(Every8dControl::attempt).toList();
            case "GET /_sim/accounts" ->
                simulator.accounts().all().stream().map(AccountJson::of).toList();
            case "PUT /_sim/accounts" -> AccountJson.open(simulator, body);
            case "POST /_sim/replies" ->
                found(simulator.reply(text(body, "batch"), text(body, "mobile"), text(body, "text")));
            case "POST /_sim/reports" ->
                found(simulator.report(text(body, "batch"), text(body, "mobile"), number(body, "status")));
            default -> throw Control.nothing();
        };
    }

    private static Object attempt(CallbackAttempt attempt) {
        return Map.of(
                "url",
                attempt.url().toString(),
                "number",
                attempt.number(),
                "status",
                attempt.answer().map(CallbackClient.Answer::status).orElse(0));
    }
}
