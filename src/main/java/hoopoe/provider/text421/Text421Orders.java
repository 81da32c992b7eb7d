package hoopoe.provider.text421;

import hoopoe.provider.SendOrder;
import hoopoe.provider.SendOrder.OrderRecipient;
import hoopoe.secret.Credentials;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns an order into the body of {@code smsSendBillXML}. */
final class Text421Orders {

    private Text421Orders() {}

    /**
     * @param from the short number that sends
     * @param text as {@link Transliteration#normal} returns it
     * @param now a time less than 60 s ahead is left out: at once
     */
    static byte[] of(Credentials login, String from, SendOrder order, String text, Instant now) {
        var bill = new Text421BillXml();
        bill.username = login.user();
        bill.password = login.password();
        bill.billing.billkey = login.billingKey();
        bill.billing.from = from;
        message(bill.message, order, text, now);
        var recipient = bill.recipients.recipient;
        recipient.id = Objects.requireNonNull(order.reference());
        recipient.receivedId = Objects.requireNonNull(only(order).receivedId());
        recipient.msisdn = Text421Numbers.msisdn(only(order).to());
        return bill.document();
    }

    private static void message(Text421BillXml.MessageElement message, SendOrder order, String text, Instant now) {
        message.text = text;
        var binaryMessage = order.binary();
        if (binaryMessage != null) {
            message.type = "binary";
            message.dcs = binaryMessage.dcs();
            message.esm = binaryMessage.esm();
        }
        var time = time(order);
        if (time != null && SendOrder.isAhead(time, now)) {
            message.delivery = Text421Client.TIMES.write(time);
        }
    }

    /** One recipient per call: a refusal of one would refuse all, and a smaller count does not say which was left out. */
    static OrderRecipient only(SendOrder order) {
        if (order.recipients().size() != 1) {
            throw new IllegalArgumentException("one recipient a call");
        }
        return order.recipients().get(0);
    }

    private static @Nullable Instant time(SendOrder order) {
        var own = only(order).sendAt();
        return own == null ? order.sendAt() : own;
    }
}
