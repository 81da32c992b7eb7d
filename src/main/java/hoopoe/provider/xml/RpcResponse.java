package hoopoe.provider.xml;

import java.util.List;
import javax.xml.stream.XMLStreamException;

/** A body, parsed as an envelope around one encoded value. Every body is one of these. */
public sealed interface RpcResponse {

    /** The first child of the body's first element, whatever their names. */
    record RpcResult(RpcValue value) implements RpcResponse {}

    /**
     * @param code without its prefix: {@code Client}, {@code Server}
     * @param text the server's words: not for logs
     */
    record RpcFault(String code, String text) implements RpcResponse {

        /** Whether the server says that it did not understand the call, and so did nothing. */
        public boolean isCallers() {
            return code.equals("Client") || code.startsWith("Client.") || code.equals("Sender");
        }

        @Override
        public String toString() {
            return "RpcFault[" + code + ']';
        }
    }

    /** No envelope, or an incomplete one. */
    record UnreadableRpc() implements RpcResponse {}

    /** @param contentType may be empty, and its charset may be wrong */
    static RpcResponse read(byte[] body, String contentType) {
        var document = DeclaredCharset.text(body, contentType);
        try {
            return whole(document);
        } catch (XMLStreamException e) {
            return mended(document);
        }
    }

    /** Some servers pass on users' texts unescaped: one character of one text must not cost all the others. */
    private static RpcResponse mended(String document) {
        try {
            var mended = XmlText.mended(document);
            return mended.equals(document) ? new UnreadableRpc() : whole(mended);
        } catch (XMLStreamException e) {
            // The parser's message repeats the document, and the failure alone decides about a send.
            return new UnreadableRpc();
        }
    }

    private static RpcResponse whole(String document) throws XMLStreamException {
        var cursor = XmlCursor.at(document);
        var root = XmlElement.read(cursor);
        cursor.end();
        return envelope(root);
    }

    /** Reads {@code Envelope/Body/(Fault | <anything>/<anything>)}; other elements are only targets of references. */
    private static RpcResponse envelope(XmlElement document) throws XMLStreamException {
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
