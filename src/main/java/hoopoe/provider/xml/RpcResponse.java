package hoopoe.provider.xml;

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
        return RpcEnvelope.read(root);
    }
}
