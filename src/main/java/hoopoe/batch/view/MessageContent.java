package hoopoe.batch.view;

import hoopoe.batch.Batch;
import hoopoe.batch.Recipient;
import hoopoe.message.Segments;
import org.jspecify.annotations.Nullable;

/**
 * What a message says, and what that takes over the air.
 *
 * @param text null for callers that may not see it
 * @param encoding as the API writes it
 */
record MessageContent(@Nullable String text, String encoding, int segments) {

    private static final String BINARY = "binary";

    /** The text that is sent to a recipient: their own, else the batch's. */
    static String textOf(Batch batch, Recipient recipient) {
        return recipient.text() == null ? batch.content().text() : recipient.text();
    }

    /** @param shown whether the caller may see the text */
    static MessageContent of(Batch batch, String text, boolean shown) {
        var seen = shown ? text : null;
        if (batch.content().binary() != null) {
            return new MessageContent(seen, BINARY, Segments.ofBytes(text.length() / 2));
        }
        var segments = Segments.of(text);
        return new MessageContent(seen, segments.encoding().label(), segments.parts());
    }
}
