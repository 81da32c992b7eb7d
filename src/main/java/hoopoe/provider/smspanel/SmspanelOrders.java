package hoopoe.provider.smspanel;

import hoopoe.message.PhoneNumber;
import hoopoe.provider.SendOrder;
import java.util.List;
import java.util.Map;

/**
 * Turns an order into the method that can carry it: one text to many, or one text each. A number occurs once, because the panel
 * counts a repeated number as one message and would answer fewer ids than there are recipients.
 */
final class SmspanelOrders {

    private final SendOrder order;
    private final SmspanelDialect dialect;

    SmspanelOrders(SendOrder order, SmspanelDialect dialect) {
        this.order = order;
        this.dialect = dialect;
    }

    SmspanelMethod method() {
        return order.isPersonal() ? SmspanelMethod.SEND_MULTIPLE_SMS : SmspanelMethod.SEND_SMS;
    }

    /** The values, texts or lists of texts, by parameter name. */
    Map<String, Object> parameters() {
        return order.isPersonal()
                ? Map.of("fromNum", dialect.sender(), "toNums", numbers(), "messageContents", texts())
                : Map.of("fromNum", dialect.sender(), "toNum", numbers(), "messageContent", order.text());
    }

    /** In sending order. */
    List<PhoneNumber> recipients() {
        return order.recipients().stream().map(SendOrder.OrderRecipient::to).toList();
    }

    private List<String> numbers() {
        return recipients().stream().map(dialect.form()::write).toList();
    }

    private List<String> texts() {
        return order.recipients().stream().map(order::textOf).toList();
    }
}
