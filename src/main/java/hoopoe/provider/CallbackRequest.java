package hoopoe.provider;

/**
 * A provider's call as it came.
 *
 * @param method {@code GET} or {@code POST}
 * @param query the raw query string, undecoded
 * @param contentType may be empty
 * @param body the raw bytes; empty for GET
 */
public record CallbackRequest(String method, String query, String contentType, byte[] body) {
    /** A number and a text are in the query. */
    @Override
    public String toString() {
        return "CallbackRequest[" + method + ']';
    }
}
