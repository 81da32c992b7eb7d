package hoopoe.local.stage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import hoopoe.local.wire.Answer;
import hoopoe.local.wire.Faults;
import hoopoe.local.wire.Job;
import hoopoe.local.wire.Request;
import hoopoe.local.wire.WireLog;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Stream;

/** {@code /_sim/…}: a simulator for people with curl, JSON in and out. Its own requests are not in the wire log. */
public final class Control {
    private static final String PATH = "/_sim";
    private static final List<String> INDEX = List.of(
            "GET, DELETE /_sim/wire?operation=<operation>",
            "GET, PUT /_sim/switches {\"<switch>\": \"<choice>\"}",
            "GET, POST, DELETE /_sim/faults {\"operation\": \"<operation>\", \"fault\": \"drop-after-work\","
                    + " \"skip\": 0, \"times\": 1}",
            "GET, POST /_sim/clock {\"advance\": \"PT30S\"} or {\"to\": \"2027-01-01T00:00:00Z\"}");

    private final ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private final WireLog wire;
    private final Switches switches;
    private final Faults faults;
    private final MovableClock clock;
    private final Own own;

    /** The controls that one simulator adds to the common ones. */
    public interface Own {

        /** By the names under which the wire log has them. */
        List<String> operations();

        /** A line each for people. */
        List<String> index();

        /**
         * @param what method and path, {@code GET /_sim/batches}
         * @throws NoSuchElementException if there is no such control; see {@link Control#nothing}
         */
        Object answer(String what, JsonNode body);
    }

    public Control(WireLog wire, Switches switches, Faults faults, MovableClock clock, Own own) {
        this.wire = wire;
        this.switches = switches;
        this.faults = faults;
        this.clock = clock;
        this.own = own;
    }

    public static boolean leadsHere(Request request) {
        return request.path().startsWith(PATH);
    }

    public Job receive(Request request) {
        try {
            return new FixedJob("", answer(200, answer(request)));
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeException | NoSuchElementException e) {
            return new FixedJob("", answer(400, Map.of("message", String.valueOf(e.getMessage()))));
        }
    }

    /** @throws IllegalArgumentException where it is missing */
    public static String text(JsonNode body, String name) {
        if (!body.hasNonNull(name)) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return body.get(name).asText();
    }

    /** @throws IllegalArgumentException where it is missing or none */
    public static int number(JsonNode body, String name) {
        return Integer.parseInt(text(body, name));
    }

    /** Nothing to tell. @throws NoSuchElementException where there is no such message */
    public static Object found(boolean found) {
        if (!found) {
            throw new NoSuchElementException("no such message");
        }
        return Map.of();
    }

    public static NoSuchElementException nothing() {
        return new NoSuchElementException("GET /_sim lists what there is");
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
        String what = request.method() + " " + request.path();
        return switch (what) {
            case "GET /_sim", "GET /_sim/" ->
                Stream.concat(INDEX.stream(), own.index().stream()).toList();
            case "GET /_sim/wire" -> WireJson.of(wire, request.query());
            case "DELETE /_sim/wire" -> clearWire();
            case "GET /_sim/switches" -> switches();
            case "PUT /_sim/switches" -> turn(body);
            case "GET /_sim/faults" -> FaultJson.names(own.operations());
            case "POST /_sim/faults" -> FaultJson.plan(faults, own.operations(), body);
            case "DELETE /_sim/faults" -> clearFaults();
            case "GET /_sim/clock" -> now();
            case "POST /_sim/clock" -> move(body);
            default -> own.answer(what, body);
        };
    }

    private Object clearWire() {
        wire.clear();
        return Map.of();
    }

    private Object clearFaults() {
        faults.clear();
        return Map.of();
    }

    private Object switches() {
        Map<String, Object> all = new LinkedHashMap<>();
        switches.standing()
                .forEach((name, now) -> all.put(
                        name,
                        Map.of(
                                "now",
                                now,
                                "choices",
                                switches.choices(name).stream().map(Enum::name).toList())));
        return all;
    }

    private Object turn(JsonNode body) {
        body.properties()
                .forEach(one -> switches.set(one.getKey(), one.getValue().asText()));
        return switches.standing();
    }

    private Object now() {
        return Map.of("now", clock.instant().toString());
    }

    private Object move(JsonNode body) {
        if (body.has("to")) {
            clock.moveTo(Instant.parse(text(body, "to")));
        } else {
            clock.advance(Duration.parse(text(body, "advance")));
        }
        return now();
    }
}
