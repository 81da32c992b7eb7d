package hoopoe.provider.xml;

import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLStreamException;

/** A body, parsed as an envelope. Every body is one of these. */
public sealed interface SoapResponse {

    /** The operation's result; an empty text where it is empty, nil or missing. */
    record SoapResult(String text) implements SoapResponse {

        /** It may be a session key or contain numbers. */
        @Override
        public String toString() {
            return "SoapResult[" + text.length() + " characters]";
        }
    }

    /**
     * @param code without its prefix: {@code Client}, {@code Server}, {@code Sender}, {@code Receiver}
     * @param text the server's words: not for logs
     */
    record SoapFault(String code, String text) implements SoapResponse {
        @Override
        public String toString() {
            return "SoapFault[" + code + ']';
        }
    }

    /** No envelope, one of another operation, or an incomplete one. */
    record UnreadableSoap() implements SoapResponse {}

    /** @param body UTF-8, whatever its declaration says; invalid bytes become U+FFFD */
    static SoapResponse read(byte[] body, String operation) {
        try {
            var cursor = XmlCursor.at(new String(body, StandardCharsets.UTF_8));
            var answer = envelope(cursor, operation);
            cursor.end();
            return answer;
        } catch (XMLStreamException e) {
            // The parser's message repeats the document, and the failure alone decides about a send.
            return new UnreadableSoap();
        }
    }

    /** Reads {@code Envelope/Body/<op>Response/<op>Result} or {@code Envelope/Body/Fault}, of either version. */
    private static SoapResponse envelope(XmlCursor cursor, String operation) throws XMLStreamException {
        if (!cursor.name().equals("Envelope") || !SoapVersion.isEnvelope(cursor.namespace())) {
            cursor.skip();
            return new UnreadableSoap();
        }
        SoapResponse answer = new UnreadableSoap();
        int bodies = 0;
        while (cursor.toChild()) {
            if (cursor.name().equals("Body")) {
                bodies++;
                answer = body(cursor, operation);
            } else {
                cursor.skip();
            }
        }
        return bodies == 1 ? answer : new UnreadableSoap();
    }

    private static SoapResponse body(XmlCursor cursor, String operation) throws XMLStreamException {
        SoapResponse answer = new UnreadableSoap();
        int answers = 0;
        while (cursor.toChild()) {
            answers++;
            if (cursor.name().equals(operation + "Response")) {
                answer = result(cursor, operation + "Result");
            } else if (cursor.name().equals("Fault")) {
                answer = fault(cursor);
            } else {
                cursor.skip();
            }
        }
        // Two answers may contradict each other, so they count as none; so do two bodies, and two results.
        return answers == 1 ? answer : new UnreadableSoap();
    }

    private static SoapResponse result(XmlCursor cursor, String name) throws XMLStreamException {
        var soapResult = new SoapResult("");
        int results = 0;
        while (cursor.toChild()) {
            if (cursor.name().equals(name)) {
                results++;
                soapResult = new SoapResult(cursor.text());
            } else {
                cursor.skip();
            }
        }
        return results > 1 ? new UnreadableSoap() : soapResult;
    }

    /** The text of the child of this name; empty where there is none. */
    private static String child(XmlCursor cursor, String name) throws XMLStreamException {
        var text = "";
        while (cursor.toChild()) {
            if (cursor.name().equals(name)) {
                text = cursor.text();
            } else {
                cursor.skip();
            }
        }
        return text;
    }

    private static SoapFault fault(XmlCursor cursor) throws XMLStreamException {
        var code = "";
        var text = "";
        while (cursor.toChild()) {
            var name = cursor.name();
            if (name.equals("faultcode")) {
                code = cursor.text();
            } else if (name.equals("faultstring")) {
                text = cursor.text();
            } else if (name.equals("Code")) {
                code = child(cursor, "Value");
            } else if (name.equals("Reason")) {
                text = child(cursor, "Text");
            } else {
                cursor.skip();
            }
        }
        return new SoapFault(code.substring(code.indexOf(':') + 1).strip(), text.strip());
    }
}
