package hoopoe.local.every8d;

import hoopoe.local.stage.FixedJob;
import hoopoe.local.stage.Switches;
import hoopoe.local.wire.Answer;
import hoopoe.local.wire.Faults;
import hoopoe.local.wire.Job;
import hoopoe.local.wire.Request;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** {@code …/API21/SOAP/SMS.asmx}: the description by GET, calls by POST. */
final class Endpoint {
    static final String PATH = "/API21/SOAP/SMS.asmx";

    private final Operations operations;
    private final Switches switches;
    private final Faults faults;
    private final Consumer<Duration> pause;

    Endpoint(Operations operations, Switches switches, Faults faults, Consumer<Duration> pause) {
        this.operations = operations;
        this.switches = switches;
        this.faults = faults;
        this.pause = pause;
    }

    /** Any prefix, in any case, as IIS would have it. */
    static boolean leadsHere(Request request) {
        return request.path().toLowerCase(Locale.ROOT).endsWith(PATH.toLowerCase(Locale.ROOT));
    }

    Job receive(Request request, String address) {
        return switch (request.method()) {
            case "POST" -> call(request);
            case "GET" -> new FixedJob("GET", description(request, address));
            default -> new FixedJob(request.method(), Answer.html(405, "<h1>405</h1>"));
        };
    }

    private Answer description(Request request, String address) {
        return request.query().equalsIgnoreCase("WSDL")
                ? Answer.of(200, "text/xml; charset=utf-8", new Wsdl(switches).at(address + request.path()))
                : Answer.html(200, "<html><head><title>SMS Web Service</title></head><body>SMS</body></html>");
    }

    private Job call(Request request) {
        Optional<Soap> soap = Soap.ofContentType(request.header("Content-Type").orElse(""));
        if (soap.isEmpty()) {
            return new FixedJob("POST", Answer.of(415, "", ""));
        }
        try {
            return new SoapJob(soap.get(), SoapCall.read(soap.get(), request, switches), this);
        } catch (SoapFault fault) {
            return new FixedJob(calledName(soap.get(), request), SoapAnswer.fault(soap.get(), fault));
        }
    }

    /** The name under which the log counts requests that are no call. */
    private static String calledName(Soap soap, Request request) {
        String action = SoapCall.action(soap, request).orElse("");
        String name = action.substring(action.lastIndexOf('/') + 1);
        return name.isEmpty() ? "POST" : name;
    }

    Faults faults() {
        return faults;
    }

    String result(SoapCall call) {
        return operations.result(call);
    }

    String refusal(Operation operation, int code) {
        return operations.refused(operation, Refusal.of(code));
    }

    Switch.EmptyResult emptyResult() {
        return switches.get(Switch.EmptyResult.class);
    }

    void pause(Duration time) {
        pause.accept(time);
    }
}
