package hoopoe.provider;

/** How the wish to take the next messages out of a provider's inbox ended. What was answered with is gone there. */
public sealed interface InboxResponse {

    /**
     * What came, before anybody looked at it: kept, then read by {@link SmsProvider#read}, possibly much later and by another
     * process.
     *
     * @param status of HTTP
     * @param contentType may be empty
     * @param version of the secret that it was asked with
     */
    record RawResponse(int status, String contentType, byte[] body, String version) implements InboxResponse {
        @Override
        public String toString() {
            return "RawResponse[" + status + ", " + body.length + " bytes]";
        }
    }

    /** Proof that the provider was not asked: nothing was taken out. */
    record NotAsked(String code, String text) implements InboxResponse {}

    /** The question may have arrived, and no whole answer came: what it took out is lost. */
    record ResponseLost(String code, String text) implements InboxResponse {}
}
