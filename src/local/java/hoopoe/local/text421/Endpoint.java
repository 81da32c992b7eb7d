package hoopoe.local.text421;

import hoopoe.local.stage.Agenda;
import hoopoe.local.stage.FixedJob;
import hoopoe.local.stage.Switches;
import hoopoe.local.wire.Answer;
import hoopoe.local.wire.Faults;
import hoopoe.local.wire.Job;
import hoopoe.local.wire.Request;
import hoopoe.local.wire.Work;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** {@code POST /api/v6/rest/billsms/xml} and {@code …/delivery/json/}, both with or without the final slash. */
final class Endpoint {
    static final String BASE = "/api/v6/rest";
    static final String SEND = "smsSendBillXML";
    static final String ASK = "deliveryJSON";
    static final List<String> OPERATIONS = List.of(SEND, ASK);
    private static final Set<String> CONTENT_TYPES = Set.of("", "text/xml", "application/xml");

    private final Orders orders;
    private final DeliveryText deliveries;
    private final Agenda agenda;
    private final Switches switches;
    private final Faults faults;
    private final Consumer<Duration> pause;

    Endpoint(Orders orders, Agenda agenda, Switches switches, Faults faults, Consumer<Duration> pause) {
        this.orders = orders;
        this.deliveries = new DeliveryText(orders, switches);
        this.agenda = agenda;
        this.switches = switches;
        this.faults = faults;
        this.pause = pause;
    }

    Job receive(Request request) {
        String path = request.path().replaceFirst("/$", "");
        if (!request.method().equals("POST")) {
            return new FixedJob("other", Answer.html(405, "<h1>405</h1>"));
        }
        if (path.equals(BASE + "/billsms/xml")) {
            String type =
                    request.header("Content-Type").orElse("").split(";", 2)[0].strip();
            return CONTENT_TYPES.contains(type)
                    ? new PostJob(SEND, this, () -> sent(request.body()))
                    : new FixedJob(SEND, Answer.of(415, "", ""));
        }
        return path.equals(BASE + "/delivery/json")
                ? new PostJob(ASK, this, () -> agenda.exclusively(() -> deliveries.answer(request.text())))
                : new FixedJob("other", Answer.html(404, "<h1>404</h1>"));
    }

    private Answer sent(byte[] body) {
        return say(agenda.exclusively(() -> orders.send(body)));
    }

    private Answer say(Verdict verdict) {
        return AnswerText.of(verdict, switches.get(Switch.Layout.class), switches.get(Switch.HttpStatus.class));
    }

    private record PostJob(String operation, Endpoint door, Supplier<Answer> work) implements Job, Work {

        @Override
        public Answer answer() {
            return door.faults.take(operation).map(fault -> fault.strike(this)).orElseGet(this::carryOut);
        }

        @Override
        public Answer carryOut() {
            return work.get();
        }

        /** The body as it is: there is no envelope around it. */
        @Override
        public Answer saying(String result) {
            return Answer.of(200, "text/plain; charset=utf-8", result);
        }

        @Override
        public Answer refusing(int code) {
            return refused(new Verdict(code, code == 401 ? "unknown username/password" : "unknown type", 0));
        }

        @Override
        public Answer failing(String message) {
            return refused(new Verdict(500, message, 0));
        }

        private Answer refused(Verdict verdict) {
            return operation.equals(SEND)
                    ? door.say(verdict)
                    : DeliveryText.error(verdict.status(), verdict.description());
        }

        @Override
        public void pause(Duration time) {
            door.pause.accept(time);
        }
    }
}
