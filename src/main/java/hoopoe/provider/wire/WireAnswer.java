package hoopoe.provider.wire;

/** How a call ended. */
public sealed interface WireAnswer {

    /**
     * A whole answer came.
     *
     * @param contentType may be empty
     * @param body at most {@link WireLimits#answer} bytes
     */
    record Answer(int status, String contentType, byte[] body) implements WireAnswer {
        @Override
        public String toString() {
            return "Answer[" + status + ", " + body.length + " bytes]";
        }
    }

    /**
     * Proof that the other side saw nothing of the body: none of it was handed to a socket, and none ever will be.
     *
     * @param why {@code no_time}, {@code dns}, {@code connect}, {@code connect_timeout} or {@code tls}
     */
    record NothingSent(String why) implements WireAnswer {}

    /**
     * The body may have left, and no whole answer came.
     *
     * @param why {@code timeout}, {@code lost} or {@code too_large}
     * @param phase how far it got
     */
    record Lost(String why, Phase phase) implements WireAnswer {}

    enum Phase {
        /** The body was handed over; no status line came. */
        SENT,
        /** The status line came; the body did not, or not whole. */
        ANSWERING
    }
}
