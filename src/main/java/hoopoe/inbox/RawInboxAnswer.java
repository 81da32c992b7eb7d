package hoopoe.inbox;

import org.jspecify.annotations.Nullable;

/**
 * What a provider answered to the wish to empty an inbox, as it came.
 *
 * @param status of HTTP
 * @param contentType may be empty
 * @param body null where it can be put together no more: a part of what was kept is missing
 * @param version of the secret that it was asked with
 */
public record RawInboxAnswer(int status, String contentType, byte @Nullable [] body, String version) {
    @Override
    public String toString() {
        return "RawInboxAnswer[" + status + ", " + (body == null ? "no" : body.length) + " bytes]";
    }
}
