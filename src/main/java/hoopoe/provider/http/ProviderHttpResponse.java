package hoopoe.provider.http;

import hoopoe.provider.ProviderException;

/** The result of a call. */
public sealed interface ProviderHttpResponse {

    /**
     * A complete answer.
     *
     * @param contentType may be empty
     * @param location the target of a redirect; empty where there is none
     * @param body at most {@link HttpLimits#answer} bytes
     */
    record CompleteResponse(int status, String contentType, String location, byte[] body)
            implements ProviderHttpResponse {

        /** An answer without a redirect target. */
        public CompleteResponse(int status, String contentType, byte[] body) {
            this(status, contentType, "", body);
        }

        /** Whether it redirects. A redirect is never followed, because a POST would arrive there without its body. */
        public boolean isRedirect() {
            return status / 100 == 3;
        }

        @Override
        public String toString() {
            return "CompleteResponse[" + status + ", " + body.length + " bytes]";
        }
    }

    /**
     * Proof that the provider saw nothing of the body: none of it was handed to a socket, and none ever will be.
     *
     * @param why {@code no_time}, {@code dns}, {@code connect}, {@code connect_timeout} or {@code tls}
     */
    record NothingSent(String why) implements ProviderHttpResponse {}

    /**
     * The body may have left, and no complete answer came.
     *
     * @param why {@code timeout}, {@code lost} or {@code too_large}
     * @param phase how far the call got
     */
    record LostResponse(String why, Phase phase) implements ProviderHttpResponse {}

    /**
     * The complete answer to a query.
     *
     * @param operation for exception messages
     * @throws ProviderException.ProviderUnavailable where none came
     */
    default CompleteResponse whole(String operation) {
        if (this instanceof CompleteResponse whole) {
            return whole;
        }
        throw new ProviderException.ProviderUnavailable(
                operation, this instanceof NothingSent nothing ? nothing.why() : ((LostResponse) this).why());
    }

    /** What an HTTP status other than 200 means for a query. */
    static ProviderException failure(String operation, int status) {
        return status >= 500 || status == 429
                ? new ProviderException.ProviderUnavailable(operation, "http_" + status)
                : new ProviderException.MalformedAnswer(operation, "http_" + status);
    }

    enum Phase {
        /** The body was handed over; no status line came. */
        SENT,
        /** The status line came; the body did not, or not completely. */
        ANSWERING
    }
}
