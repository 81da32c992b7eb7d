package hoopoe.provider.text421;

import hoopoe.message.BinaryMessage;
import hoopoe.provider.SendOrder;
import hoopoe.provider.SendOrder.OrderRecipient;
import hoopoe.provider.xml.XmlText;
import hoopoe.secret.Credentials;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes the body of {@code smsSendBillXML} (providers.md C2.1), elements in the document's order, unset ones left out:
 * {@code <sms><username>test</username><password>test</password><billing><billkey>1234</billkey><from>7401</from></billing>
 * <message><text>Test SMS</text></message><recipients><recipient><id>123456</id><rcv_msg_id>25481978</rcv_msg_id>
 * <msisdn>421901727051</msisdn></recipient></recipients></sms>}
 */
final class Text421Orders {

    private final StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");

    private Text421Orders() {}

    /**
     * @param from the short number that sends
     * @param text as {@link Transliteration#normal} returns it
     * @param now a time less than 60 s ahead is left out: at once
     */
    static byte[] of(Credentials login, String from, SendOrder order, String text, Instant now) {
        var xml = new Text421Orders();
        xml.open("sms").add("username", login.user()).add("password", login.password());
        xml.open("billing").add("billkey", login.billingKey()).add("from", from).close("billing");
        xml.message(order, text, now);
        xml.recipient(order);
        xml.close("sms");
        return xml.xml.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void message(SendOrder order, String text, Instant now) {
        open("message").add("text", text);
        var binaryMessage = order.binary();
        if (binaryMessage != null) {
            add(binaryMessage);
        }
        var time = time(order);
        if (time != null && SendOrder.isAhead(time, now)) {
            add("delivery", Text421Client.TIMES.write(time));
        }
        close("message");
    }

    private void add(BinaryMessage binaryMessage) {
        add("type", "binary");
        if (binaryMessage.dcs() != null) {
            add("dcs", binaryMessage.dcs().toString());
        }
        if (binaryMessage.esm() != null) {
            add("esm", binaryMessage.esm().toString());
        }
    }

    private void recipient(SendOrder order) {
        var orderRecipient = only(order);
        open("recipients").open("recipient");
        add("id", Objects.requireNonNull(order.reference()));
        add("rcv_msg_id", Objects.requireNonNull(orderRecipient.receivedId()));
        add("msisdn", Text421Numbers.msisdn(orderRecipient.to()));
        close("recipient").close("recipients");
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

    private Text421Orders open(String name) {
        xml.append('<').append(name).append('>');
        return this;
    }

    private Text421Orders add(String name, String value) {
        open(name);
        xml.append(XmlText.content(value));
        return close(name);
    }

    private Text421Orders close(String name) {
        xml.append("</").append(name).append('>');
        return this;
    }
}
