package hoopoe.provider.soap;

import javax.xml.stream.XMLStreamException;

/** What a body says that should be an envelope around one encoded value. Total: whatever it is, it is one of these. */
public sealed interface RpcAnswer {

    /** The first part of the first element of the body, whatever they are called. */
    record Returned(EncodedValue value) implements RpcAnswer {}

    /**
     * @param code without its prefix: {@code Client}, {@code Server}
     * @param text the server's words: not for logs
     */
    record Fault(String code, String text) implements RpcAnswer {

        /** Whether the server says that it did not understand the call, and so did nothing. */
        public boolean isCallers() {
            return code.equals("Client") || code.startsWith("Client.") || code.equals("Sender");
        }

        @Override
        public String toString() {
            return "Fault[" + code + ']';
        }
    }

    /** No envelope, or not whole. */
    record Unreadable() implements RpcAnswer {}

    /** @param contentType may be empty, and its charset may be a lie */
    static RpcAnswer read(byte[] body, String contentType) {
        try {
            var cursor = XmlCursor.at(DeclaredCharset.text(body, contentType));
            var document = XmlElement.read(cursor);
            cursor.end();
            return RpcEnvelope.read(document);
        } catch (XMLStreamException e) {
            // The parser's message repeats the document, and a send is judged by the fact alone.
            return new Unreadable();
        }
    }
}
