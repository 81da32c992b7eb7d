package hoopoe.local.smspanel;

import hoopoe.local.stage.FixedJob;
import hoopoe.local.stage.Switches;
import hoopoe.local.wire.Answer;
import hoopoe.local.wire.Faults;
import hoopoe.local.wire.Job;
import hoopoe.local.wire.Request;
import java.time.Duration;
import java.util.function.Consumer;

/** {@code …/server.php}: calls by POST. A request with {@code ?wsdl} gets the description and is no call, also by POST. */
final class Endpoint {
    static final String PATH = "/class/sms/webservice/server.php";

    private static final String DESCRIPTION = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n"
            + "<definitions xmlns=\"http://schemas.xmlsoap.org/wsdl/\" targetNamespace=\"urn:smsserver\"/>";

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

    static boolean leadsHere(Request request) {
        return request.path().equals(PATH);
    }

    Job receive(Request request) {
        if (request.query().equalsIgnoreCase("wsdl")) {
            return new FixedJob("wsdl", Answer.of(200, "text/xml; charset=ISO-8859-1", DESCRIPTION));
        }
        if (!request.method().equals("POST")) {
            return new FixedJob(request.method(), Answer.html(200, "<html><body>smsserver</body></html>"));
        }
        try {
            return new SoapJob(SoapCall.read(request, switches), this);
        } catch (SoapFault fault) {
            return new FixedJob("POST", SoapAnswer.fault(fault, switches));
        }
    }

    Faults faults() {
        return faults;
    }

    Switches switches() {
        return switches;
    }

    Php result(SoapCall call) {
        return operations.result(call);
    }

    void pause(Duration time) {
        pause.accept(time);
    }
}
