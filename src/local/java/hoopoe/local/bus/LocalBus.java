package hoopoe.local.bus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import hoopoe.local.aws.AwsEndpoint;
import hoopoe.local.aws.AwsServer;
import hoopoe.local.iam.Guard;
import hoopoe.local.stage.Control;
import hoopoe.local.stage.FixedJob;
import hoopoe.local.stage.MovableClock;
import hoopoe.local.stage.Switches;
import hoopoe.local.wire.Answer;
import hoopoe.local.wire.Job;
import hoopoe.local.wire.Request;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * A bus of Amazon EventBridge on 127.0.0.1, which keeps what comes. Beside {@code PutEvents} it lets people with curl see the events at
 * {@code GET /_sim/events}, without the first n of them by {@code ?after=n}; {@code GET /_sim} lists what else they can ask and change.
 */
public final class LocalBus extends AwsServer {

    private static final String EVENTS = "GET /_sim/events";
    private static final String AFTER = "after=";

    private final MovableClock clock = new MovableClock(Clock.systemUTC(), () -> {});
    private final BusEvents events;
    private final AwsEndpoint endpoint;

    private LocalBus(int port, Guard guard) {
        super(port);
        events = new BusEvents(guard, clock);
        endpoint = new AwsEndpoint("events", "AWSEvents", clock, events);
    }

    /** @param port 0 for a free one */
    public static LocalBus start(int port, Guard guard) {
        var bus = new LocalBus(port, guard);
        bus.begin();
        return bus;
    }

    /** As a rule's target gets them, in the order in which they came. */
    public List<JsonNode> events() {
        return events.all();
    }

    /** So many entries from now on are refused with this code, and others of their call are not. */
    public void refuse(int entries, String code) {
        events.refuse(entries, code);
    }

    @Override
    protected Job receive(Request request) {
        if (!Control.leadsHere(request)) {
            return operation(endpoint, request);
        }
        if ((request.method() + ' ' + request.path()).equals(EVENTS)) {
            return new FixedJob("", shown(request.query()));
        }
        return new Control(wire(), Switches.none(), faults(), clock, new Own()).receive(request);
    }

    private Answer shown(String query) {
        var all = JsonNodeFactory.instance.arrayNode();
        events.all().stream()
                .skip(query.matches(AFTER + "\\d{1,9}") ? Long.parseLong(query.substring(AFTER.length())) : 0)
                .forEach(all::add);
        return Answer.of(200, "application/json", all.toPrettyString() + '\n');
    }

    private final class Own implements Control.Own {

        @Override
        public List<String> operations() {
            return List.of("PutEvents");
        }

        @Override
        public List<String> index() {
            return List.of(
                    EVENTS + "?after=<number of events that are known>",
                    "POST /_sim/refusals {\"entries\": 2, \"code\": \"ThrottlingException\"}");
        }

        @Override
        public Object answer(String what, JsonNode body) {
            if (!what.equals("POST /_sim/refusals")) {
                throw Control.nothing();
            }
            refuse(Control.number(body, "entries"), Control.text(body, "code"));
            return Map.of();
        }
    }
}
