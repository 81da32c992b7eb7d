package hoopoe.batch.view;

import hoopoe.batch.Batch;
import hoopoe.batch.Recipient;
import hoopoe.batch.Recipient.ErasedText;
import hoopoe.message.Segments;
import org.jspecify.annotations.Nullable;

/**
 * What a message says, and what that takes over the air.
 *
 * @param text null for callers that may not see it
 * @param encoding as the API writes it
 */
public record MessageContent(@Nullable String text, String encoding, int segments) {

    private static final String BINARY = "binary";

    /** The text that is sent to a recipient: their own, else the batch's. */
    static String textOf(Batch batch, Recipient recipient) {
        return recipient.text() == null ? batch.content().text() : recipient.text();
    }

    /** @param shown whether the caller may see the text; of an erased person there is none */
    static MessageContent of(Batch batch, Recipient recipient, boolean shown) {
        var erased = recipient.erased();
        return erased == null
                ? of(batch, textOf(batch, recipient), shown)
                : new MessageContent(null, erased.encoding(), erased.segments());
    }

    /** What is kept of the text where its person is erased. */
    public static ErasedText lengthOf(Batch batch, Recipient recipient) {
        var content = of(batch, recipient, false);
        return new ErasedText(content.encoding(), content.segments());
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
