package hoopoe.provider.http;

/** How a call ended. */
public sealed interface ProviderHttpResponse {

    /**
     * A whole answer came.
     *
     * @param contentType may be empty
     * @param location where else to go; empty where nothing is said of it
     * @param body at most {@link HttpLimits#answer} bytes
     */
    record CompleteResponse(int status, String contentType, String location, byte[] body)
            implements ProviderHttpResponse {

        /** One that names no other place. */
        public CompleteResponse(int status, String contentType, byte[] body) {
            this(status, contentType, "", body);
        }

        /** Whether it sends elsewhere: nobody follows, for a POST would come there without its body. */
        public boolean isRedirect() {
            return status / 100 == 3;
        }

        @Override
        public String toString() {
            return "CompleteResponse[" + status + ", " + body.length + " bytes]";
        }
    }

    /**
     * Proof that the other side saw nothing of the body: none of it was handed to a socket, and none ever will be.
     *
     * @param why {@code no_time}, {@code dns}, {@code connect}, {@code connect_timeout} or {@code tls}
     */
    record NothingSent(String why) implements ProviderHttpResponse {}

    /**
     * The body may have left, and no whole answer came.
     *
     * @param why {@code timeout}, {@code lost} or {@code too_large}
     * @param phase how far it got
     */
    record LostResponse(String why, Phase phase) implements ProviderHttpResponse {}

    enum Phase {
        /** The body was handed over; no status line came. */
        SENT,
        /** The status line came; the body did not, or not whole. */
        ANSWERING
    }
}
