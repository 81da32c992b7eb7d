package hoopoe.provider.text421;

import hoopoe.message.InvisibleCharacters;
import hoopoe.message.Segments;
import hoopoe.provider.SendOrder;
import hoopoe.provider.SendOrder.OrderRecipient;
import hoopoe.provider.ValidationError;
import hoopoe.provider.xml.XmlText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Validates an order: what text421 would refuse or silently change (document, request). */
final class Text421Validator {

    private static final Pattern HEX = Pattern.compile("(?:\\p{XDigit}{2})+");
    /** In units of GSM 03.38; a character of its extension table counts two. */
    static final int LONGEST_TEXT = 160;

    /** In hexadecimal digits of a binary message. */
    private static final int LONGEST_BINARY = 280;

    private static final int WHOLE = -1;

    private final List<ValidationError> objections = new ArrayList<>();
    private final SendOrder order;
    private final boolean transliterates;

    private Text421Validator(SendOrder order, boolean transliterates) {
        this.order = order;
        this.transliterates = transliterates;
    }

    static List<ValidationError> of(SendOrder order, boolean transliterates) {
        var check = new Text421Validator(order, transliterates);
        if (order.recipients().stream().anyMatch(orderRecipient -> orderRecipient.text() == null)) {
            check.text(WHOLE, order.text());
        }
        for (int i = 0; i < order.recipients().size(); i++) {
            check.recipient(i, order.recipients().get(i));
        }
        return List.copyOf(check.objections);
    }

    private void recipient(int index, OrderRecipient orderRecipient) {
        if (!Text421Numbers.isSlovakMobile(orderRecipient.to())) {
            object(index, "to", "number_not_supported", "Only Slovak mobile numbers can be sent to.");
        }
        if (orderRecipient.text() != null) {
            text(index, orderRecipient.text());
        }
        var receivedId = orderRecipient.receivedId();
        if (receivedId == null) {
            object(
                    index,
                    "received_id",
                    "invalid_request",
                    "text421 only answers: this must name the received SMS that is answered.");
        } else if (!ReceivedId.isValid(receivedId)) {
            object(index, "received_id", "invalid_request", "This must be a whole number of up to 64 bits, as text.");
        }
    }

    private void text(int index, String text) {
        if (InvisibleCharacters.isAll(text)) {
            object(index, "text", "text_empty", "A text is needed.");
        } else if (order.binary() != null) {
            binary(index, text);
        } else {
            letters(index, Transliteration.normal(text, transliterates));
        }
    }

    private void binary(int index, String text) {
        if (!HEX.matcher(text).matches()) {
            object(index, "text", "text_not_encodable", "A binary message is written as pairs of hexadecimal digits.");
        } else if (text.length() > LONGEST_BINARY) {
            object(index, "text", "text_too_long", "At most " + LONGEST_BINARY + " hexadecimal digits can be sent.");
        }
    }

    private void letters(int index, String normal) {
        var foreign = normal.codePoints()
                .filter(c -> !isCarried(Character.toString(c)))
                .findFirst();
        if (foreign.isPresent()) {
            object(
                    index,
                    "text",
                    "text_not_encodable",
                    name(foreign.getAsInt()) + " is no character of GSM 03.38 that can be sent"
                            + (transliterates
                                    ? "."
                                    : "; the account option transliterate writes others without their marks."));
        } else if (Segments.of(normal).units() > LONGEST_TEXT) {
            object(
                    index,
                    "text",
                    "text_too_long",
                    "At most " + LONGEST_TEXT + " characters can be sent, where each of ^{}\\[~]|\u20AC counts two.");
        }
    }

    private static boolean isCarried(String character) {
        return Transliteration.isGsm(character) && XmlText.carries(character);
    }

    /** {@code č (U+010D)}; the code alone for an invisible character. */
    private static String name(int c) {
        var code = "U+%04X".formatted(c);
        return Character.isLetterOrDigit(c) ? Character.toString(c) + " (" + code + ')' : code;
    }

    private void object(int index, String field, String code, String detail) {
        objections.add(new ValidationError(index, field, code, detail));
    }
}
