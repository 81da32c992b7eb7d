package hoopoe.inbox;

import org.jspecify.annotations.Nullable;

/**
 * A provider's answer to an inbox fetch, as it came.
 *
 * @param status of HTTP
 * @param contentType may be empty
 * @param body null where a part of the stored answer is missing
 * @param version of the secret that the fetch used
 */
public record RawInboxAnswer(int status, String contentType, byte @Nullable [] body, String version) {
    @Override
    public String toString() {
        return "RawInboxAnswer[" + status + ", " + (body == null ? "no" : body.length) + " bytes]";
    }
}
