package hoopoe.local.every8d;

import hoopoe.local.stage.Switches;
import hoopoe.local.wire.Request;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One parsed call: the operation and its parameters (a parameter that was left out has no key). */
record SoapCall(Operation operation, Map<String, String> parameters) {
    private static final Pattern ACTION = Pattern.compile(";\\s*action\\s*=\\s*\"?([^\";]*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\"; ]*)", Pattern.CASE_INSENSITIVE);

    /** @throws SoapFault when it is no call of an operation that this installation has */
    static SoapCall read(Soap soap, Request request, Switches switches) {
        Optional<String> action = action(soap, request);
        if (action.isEmpty() && soap == Soap.V1_1) {
            throw SoapFault.unknownAction(soap, "");
        }
        Optional<Operation> byAction = action.flatMap(given -> byAction(given, switches));
        if (action.isPresent() && byAction.isEmpty()) {
            throw SoapFault.unknownAction(soap, action.get());
        }
        SoapBody body = SoapBody.read(soap, request.body(), charset(request));
        Operation operation = byAction.or(() -> offered(body.name(), switches))
                .orElseThrow(() -> SoapFault.caller(
                        "Unable to handle request. The action '' was not recognized. The request element was '"
                                + body.name() + "'."));
        return new SoapCall(operation, body.name().equals(operation.wireName()) ? body.children() : Map.of());
    }

    /** The action as given, without quotes; SOAP 1.1 has it in a header of its own, 1.2 in the content type. */
    static Optional<String> action(Soap soap, Request request) {
        if (soap == Soap.V1_1) {
            return request.header("SOAPAction").map(quoted -> quoted.replace("\"", ""));
        }
        Matcher found = ACTION.matcher(request.header("Content-Type").orElse(""));
        return found.find() && !found.group(1).isEmpty() ? Optional.of(found.group(1)) : Optional.empty();
    }

    private static Optional<Operation> byAction(String action, Switches switches) {
        return action.startsWith(Soap.NAMESPACE)
                ? offered(action.substring(Soap.NAMESPACE.length()), switches)
                : Optional.empty();
    }

    private static Optional<Operation> offered(String name, Switches switches) {
        return Operation.named(name).filter(operation -> operation.isThere(switches));
    }

    private static String charset(Request request) {
        Matcher found = CHARSET.matcher(request.header("Content-Type").orElse(""));
        return found.find() ? found.group(1) : "utf-8";
    }

    /** The parameter, empty when it was left out. */
    String text(String parameter) {
        return parameters.getOrDefault(parameter, "");
    }
}
