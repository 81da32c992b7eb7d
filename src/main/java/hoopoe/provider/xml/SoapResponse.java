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
            var answer = SoapEnvelope.read(cursor, operation);
            cursor.end();
            return answer;
        } catch (XMLStreamException e) {
            // The parser's message repeats the document, and the failure alone decides about a send.
            return new UnreadableSoap();
        }
    }
}
