package hoopoe.provider.xml;

import hoopoe.provider.xml.RpcResponse.RpcFault;
import hoopoe.provider.xml.RpcResponse.RpcResult;
import hoopoe.provider.xml.RpcResponse.UnreadableRpc;
import java.util.List;
import javax.xml.stream.XMLStreamException;

/** Reads {@code Envelope/Body/(Fault | <anything>/<anything>)}; other elements are only targets of references. */
final class RpcEnvelope {

    private RpcEnvelope() {}

    static RpcResponse read(XmlElement document) throws XMLStreamException {
        var bodies = document.children("Body").toList();
        if (!document.name().equals("Envelope")
                || !SoapVersion.isEnvelope(document.namespace())
                || bodies.size() != 1) {
            return new UnreadableRpc();
        }
        var answers = bodies.get(0).children().stream()
                .filter(child -> child.attribute("id").isEmpty())
                .toList();
        return answers.size() == 1 ? answer(document, answers.get(0)) : new UnreadableRpc();
    }

    private static RpcResponse answer(XmlElement document, XmlElement answer) throws XMLStreamException {
        if (answer.name().equals("Fault")) {
            return fault(answer);
        }
        return answer.children().isEmpty()
                ? new RpcResult(new RpcValue.Nothing())
                : new RpcResult(new RpcValueReader(document)
                        .value(answer.children().get(0))
                        .structured());
    }

    private static RpcFault fault(XmlElement fault) {
        var code = first(fault, List.of("faultcode", "Code"));
        return new RpcFault(
                code.substring(code.indexOf(':') + 1).strip(),
                first(fault, List.of("faultstring", "Reason")).strip());
    }

    /** In SOAP 1.2 the text is one level deeper. */
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
