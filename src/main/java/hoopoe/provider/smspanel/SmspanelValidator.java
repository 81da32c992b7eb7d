package hoopoe.provider.smspanel;

import hoopoe.message.InvisibleCharacters;
import hoopoe.provider.SendOrder;
import hoopoe.provider.SendOrder.OrderRecipient;
import hoopoe.provider.ValidationError;
import hoopoe.provider.xml.XmlText;
import java.util.ArrayList;
import java.util.List;

/** Validates an order: what the panel would refuse or silently change. No document limits the length of a text. */
final class SmspanelValidator {

    static final int LONGEST_TEXT = 1530;
    private static final int WHOLE = -1;

    private final List<ValidationError> objections = new ArrayList<>();

    private SmspanelValidator() {}

    static List<ValidationError> of(SendOrder order) {
        var check = new SmspanelValidator();
        if (order.recipients().stream().anyMatch(orderRecipient -> orderRecipient.text() == null)) {
            check.text(WHOLE, order.text());
        }
        for (int i = 0; i < order.recipients().size(); i++) {
            check.recipient(i, order.recipients().get(i));
        }
        return List.copyOf(check.objections);
    }

    private void recipient(int index, OrderRecipient orderRecipient) {
        if (!SmspanelNumbers.isIranian(orderRecipient.to())) {
            object(index, "to", "number_not_supported", "Only Iranian mobiles can be sent to.");
        }
        if (orderRecipient.text() != null) {
            text(index, orderRecipient.text());
        }
    }

    private void text(int index, String text) {
        if (InvisibleCharacters.isAll(text)) {
            object(index, "text", "text_empty", "A text is needed.");
        } else if (text.length() > LONGEST_TEXT) {
            object(index, "text", "text_too_long", "At most " + LONGEST_TEXT + " characters can be sent.");
        }
        XmlText.objection(text).ifPresent(detail -> object(index, "text", "text_not_encodable", detail));
    }

    private void object(int index, String field, String code, String detail) {
        objections.add(new ValidationError(index, field, code, detail));
    }
}
