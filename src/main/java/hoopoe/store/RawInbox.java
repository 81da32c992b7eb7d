package hoopoe.store;

/**
 * What a provider answered to the wish to empty an inbox, as it came.
 *
 * @param status of HTTP
 * @param contentType may be empty
 * @param version of the secret that it was asked with
 */
public record RawInbox(int status, String contentType, byte[] body, String version) {
    @Override
    public String toString() {
        return "RawInbox[" + status + ", " + body.length + " bytes]";
    }
}
