package hoopoe.local.every8d;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import hoopoe.local.wire.Answer;
import hoopoe.local.wire.Job;
import hoopoe.local.wire.Request;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/** {@code /_sim/…}: the simulator for people with curl, JSON in and out. Its own requests are not in the wire log. */
final class Control {
    private static final List<String> INDEX = List.of(
            "GET, DELETE /_sim/wire?operation=sendSMS",
            "GET, PUT /_sim/switches {\"SecondLogin\": \"NEW_KEY\"}",
            "GET, POST, DELETE /_sim/faults {\"operation\": \"sendSMS\", \"fault\": \"drop-after-work\","
                    + " \"skip\": 0, \"times\": 1}",
            "GET, POST /_sim/clock {\"advance\": \"PT30S\"} or {\"to\": \"2027-01-01T00:00:00Z\"}",
            "GET /_sim/batches, GET /_sim/callbacks",
            "GET, PUT /_sim/accounts {\"user\": \"demo\", \"password\": \"demo\", \"credit\": \"10\","
                    + " \"callback\": \"http://…\"}",
            "POST /_sim/replies {\"batch\": \"…\", \"mobile\": \"+886912345678\", \"text\": \"yes\"}",
            "POST /_sim/reports {\"batch\": \"…\", \"mobile\": \"+886912345678\", \"status\": 101}");

    private final ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private final Every8dSimulator simulator;

    Control(Every8dSimulator simulator) {
        this.simulator = simulator;
    }

    Job receive(Request request) {
        try {
            return new FixedJob("", answer(200, answer(request)));
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeException | NoSuchElementException e) {
            return new FixedJob("", answer(400, Map.of("message", String.valueOf(e.getMessage()))));
        }
    }

    private Answer answer(int status, Object content) {
        try {
            return Answer.of(status, "application/json", json.writeValueAsString(content) + "\n");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Object answer(Request request) throws JsonProcessingException {
        JsonNode body = request.body().length == 0 ? json.createObjectNode() : json.readTree(request.text());
        return switch (request.method() + " " + request.path()) {
            case "GET /_sim", "GET /_sim/" -> INDEX;
            case "GET /_sim/wire" -> WireJson.of(simulator.wire(), request.query());
            case "DELETE /_sim/wire" -> clearWire();
            case "GET /_sim/switches" -> switches();
            case "PUT /_sim/switches" -> turn(body);
            case "GET /_sim/faults" -> FaultJson.names();
            case "POST /_sim/faults" -> FaultJson.plan(simulator.faults(), body);
            case "DELETE /_sim/faults" -> clearFaults();
            case "GET /_sim/clock" -> clock();
            case "POST /_sim/clock" -> move(body);
            case "GET /_sim/batches" ->
                simulator.batches().stream().map(BatchJson::of).toList();
            case "GET /_sim/callbacks" ->
                simulator.callbacks().stream().map(Control::attempt).toList();
            case "GET /_sim/accounts" ->
                simulator.accounts().all().stream().map(AccountJson::of).toList();
            case "PUT /_sim/accounts" -> AccountJson.open(simulator, body);
            case "POST /_sim/replies" ->
                found(simulator.reply(text(body, "batch"), text(body, "mobile"), text(body, "text")));
            case "POST /_sim/reports" ->
                found(simulator.report(text(body, "batch"), text(body, "mobile"), number(body, "status")));
            default -> throw new NoSuchElementException("GET /_sim lists what there is");
        };
    }

    private Object clearWire() {
        simulator.wire().clear();
        return Map.of();
    }

    private Object clearFaults() {
        simulator.faults().clear();
        return Map.of();
    }

    private Object switches() {
        Map<String, Object> all = new LinkedHashMap<>();
        simulator
                .switches()
                .standing()
                .forEach((name, now) -> all.put(
                        name,
                        Map.of(
                                "now",
                                now,
                                "choices",
                                Switches.choices(name).stream().map(Enum::name).toList())));
        return all;
    }

    private Object turn(JsonNode body) {
        body.properties()
                .forEach(one ->
                        simulator.switches().set(one.getKey(), one.getValue().asText()));
        return simulator.switches().standing();
    }

    private Object clock() {
        return Map.of("now", simulator.clock().instant().toString());
    }

    private Object move(JsonNode body) {
        if (body.has("to")) {
            simulator.clock().moveTo(Instant.parse(text(body, "to")));
        } else {
            simulator.clock().advance(Duration.parse(text(body, "advance")));
        }
        return clock();
    }

    private static Object attempt(CallbackAttempt attempt) {
        return Map.of(
                "url",
                attempt.url().toString(),
                "number",
                attempt.number(),
                "status",
                attempt.status().orElse(0));
    }

    private static Object found(boolean found) {
        if (!found) {
            throw new NoSuchElementException("no such message");
        }
        return Map.of();
    }

    static String text(JsonNode body, String name) {
        if (!body.hasNonNull(name)) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return body.get(name).asText();
    }

    private static int number(JsonNode body, String name) {
        return Integer.parseInt(text(body, name));
    }
}
