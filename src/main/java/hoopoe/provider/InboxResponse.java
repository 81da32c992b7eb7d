package hoopoe.provider;

/** The result of a request to take the next messages from a provider's inbox. The answered messages are gone there. */
public sealed interface InboxResponse {

    /**
     * The answer before it is parsed. It is stored, then read by {@link SmsProvider#read}, possibly much later and by another
     * process.
     *
     * @param status of HTTP
     * @param contentType may be empty
     * @param version of the secret that the request used
     */
    record RawResponse(int status, String contentType, byte[] body, String version) implements InboxResponse {
        @Override
        public String toString() {
            return "RawResponse[" + status + ", " + body.length + " bytes]";
        }
    }

    /** Proof that the provider was not asked, so it removed nothing. */
    record NotAsked(String code, String text) implements InboxResponse {}

    /** The request may have arrived and no complete answer came: the messages that it removed are lost. */
    record ResponseLost(String code, String text) implements InboxResponse {}
}
