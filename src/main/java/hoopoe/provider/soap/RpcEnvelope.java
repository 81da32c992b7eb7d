package hoopoe.provider.soap;

import hoopoe.provider.soap.RpcAnswer.Fault;
import hoopoe.provider.soap.RpcAnswer.Returned;
import hoopoe.provider.soap.RpcAnswer.Unreadable;
import java.util.List;
import javax.xml.stream.XMLStreamException;

/** {@code Envelope/Body/(Fault | <anything>/<anything>)}, beside it only what references lead to. */
final class RpcEnvelope {

    private RpcEnvelope() {}

    static RpcAnswer read(XmlElement document) throws XMLStreamException {
        var bodies = document.children("Body").toList();
        if (!document.name().equals("Envelope")
                || !SoapVersion.isEnvelope(document.namespace())
                || bodies.size() != 1) {
            return new Unreadable();
        }
        var answers = bodies.get(0).children().stream()
                .filter(child -> child.attribute("id").isEmpty())
                .toList();
        return answers.size() == 1 ? answer(document, answers.get(0)) : new Unreadable();
    }

    private static RpcAnswer answer(XmlElement document, XmlElement answer) throws XMLStreamException {
        if (answer.name().equals("Fault")) {
            return fault(answer);
        }
        return answer.children().isEmpty()
                ? new Returned(new EncodedValue.Nothing())
                : new Returned(new EncodedReader(document)
                        .value(answer.children().get(0))
                        .structured());
    }

    private static Fault fault(XmlElement fault) {
        var code = first(fault, List.of("faultcode", "Code"));
        return new Fault(
                code.substring(code.indexOf(':') + 1).strip(),
                first(fault, List.of("faultstring", "Reason")).strip());
    }

    /** SOAP 1.2 has its words one level deeper. */
    private static String first(XmlElement fault, List<String> names) {
        return fault.children().stream()
                .filter(child -> names.contains(child.name()))
                .map(child -> child.children().isEmpty()
                        ? child.text()
                        : child.children().get(0).text())
                .findFirst()
                .orElse("");
    }
}
