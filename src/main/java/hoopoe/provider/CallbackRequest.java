package hoopoe.provider;

/**
 * A callback as the provider sent it.
 *
 * @param method {@code GET} or {@code POST}
 * @param query the raw query string, undecoded
 * @param contentType may be empty
 * @param body the raw bytes; empty for GET
 */
public record CallbackRequest(String method, String query, String contentType, byte[] body) {
    /** Omits the query, which contains a number and a text. */
    @Override
    public String toString() {
        return "CallbackRequest[" + method + ']';
    }
}
