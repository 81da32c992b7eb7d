package hoopoe.provider.every8d;

import hoopoe.message.InvisibleCharacters;
import hoopoe.provider.SendOrder;
import hoopoe.provider.SendOrder.OrderRecipient;
import hoopoe.provider.ValidationError;
import hoopoe.provider.xml.XmlText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Validates an order: what EVERY8D would refuse or silently change (document §1.2, §2.2, §2.3). */
final class Every8dValidator {

    static final int LONGEST_TEXT = 1530;
    private static final int LONGEST_NAME = 50;
    private static final int WHOLE = -1;

    private final List<ValidationError> objections = new ArrayList<>();
    private final SendOrder order;

    private Every8dValidator(SendOrder order) {
        this.order = order;
    }

    static List<ValidationError> of(SendOrder order) {
        var check = new Every8dValidator(order);
        check.whole();
        for (int i = 0; i < order.recipients().size(); i++) {
            check.recipient(i, order.recipients().get(i));
        }
        return List.copyOf(check.objections);
    }

    private void whole() {
        carried(WHOLE, "subject", order.subject());
        if (Every8dSubject.namesADispatch(order.subject())) {
            object(
                    WHOLE,
                    "subject",
                    "invalid_request",
                    "It must not contain '#' and the name of a dispatch: that would mark that dispatch as sent.");
        }
        if (order.recipients().stream().anyMatch(orderRecipient -> orderRecipient.text() == null)) {
            text(WHOLE, order.text());
        }
        var validity = order.validity();
        if (validity != null && (validity.isZero() || validity.isNegative())) {
            object(WHOLE, "validity_seconds", "validity_out_of_range", "It must be at least one second.");
        }
        if (validity != null && order.isPersonal()) {
            object(
                    WHOLE,
                    "validity_seconds",
                    "not_supported_by_provider",
                    "It cannot be combined with a recipient's own text, name, email or send_at.");
        }
    }

    private void recipient(int index, OrderRecipient orderRecipient) {
        if (!Every8dNumbers.canBeSentTo(orderRecipient.to())) {
            object(
                    index,
                    "to",
                    "number_not_supported",
                    "Only Taiwanese mobile numbers and numbers of other countries can be sent to.");
        }
        if (orderRecipient.text() != null) {
            text(index, orderRecipient.text());
        }
        line(index, "name", orderRecipient.name());
        line(index, "email", orderRecipient.email());
        if (orderRecipient.name() != null && orderRecipient.name().length() > LONGEST_NAME) {
            object(index, "name", "invalid_request", "At most " + LONGEST_NAME + " characters.");
        }
        if (orderRecipient.receivedId() != null) {
            object(index, "received_id", "not_supported_by_provider", "The account's provider cannot do this.");
        }
    }

    private void text(int index, String text) {
        if (InvisibleCharacters.isAll(text)) {
            object(index, "text", "text_empty", "A text is needed.");
        } else if (text.length() > LONGEST_TEXT) {
            object(index, "text", "text_too_long", "At most " + LONGEST_TEXT + " characters can be sent.");
        }
        carried(index, "text", text);
    }

    private void line(int index, String field, @Nullable String value) {
        if (value == null) {
            return;
        }
        carried(index, field, value);
        if (value.lines().count() > 1) {
            object(index, field, "invalid_request", "It must be one line.");
        }
    }

    private void carried(int index, String field, String value) {
        XmlText.objection(value).ifPresent(detail -> object(index, field, "text_not_encodable", detail));
    }

    private void object(int index, String field, String code, String detail) {
        objections.add(new ValidationError(index, field, code, detail));
    }
}
