package hoopoe.provider.text421;

import hoopoe.provider.xml.XmlBinding;
import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlRootElement;
import jakarta.xml.bind.annotation.XmlType;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code smsSendBillXML}, elements in the document's order, unset ones left out:
 * {@code <sms><username>test</username><password>test</password><billing><billkey>1234</billkey><from>7401</from></billing>
 * <message><text>Test SMS</text></message><recipients><recipient><id>123456</id><rcv_msg_id>25481978</rcv_msg_id>
 * <msisdn>421901727051</msisdn></recipient></recipients></sms>}
 */
@XmlRootElement(name = "sms")
@XmlType(
        name = "text421Bill",
        propOrder = {"username", "password", "billing", "message", "recipients"})
@XmlAccessorType(XmlAccessType.FIELD)
class Text421BillXml {

    private static final String DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    private static final XmlBinding BINDING = new XmlBinding(Text421BillXml.class);

    @Nullable String username;

    @Nullable String password;

    BillingElement billing = new BillingElement();

    MessageElement message = new MessageElement();

    RecipientsElement recipients = new RecipientsElement();

    byte[] document() {
        return (DECLARATION + BINDING.write(this)).getBytes(StandardCharsets.UTF_8);
    }

    @XmlType(
            name = "text421Billing",
            propOrder = {"billkey", "from"})
    @XmlAccessorType(XmlAccessType.FIELD)
    static class BillingElement {

        @Nullable String billkey;

        @Nullable String from;
    }

    @XmlType(
            name = "text421Message",
            propOrder = {"text", "type", "dcs", "esm", "delivery"})
    @XmlAccessorType(XmlAccessType.FIELD)
    static class MessageElement {

        @Nullable String text;

        @Nullable String type;

        @Nullable Integer dcs;

        @Nullable Integer esm;

        @Nullable String delivery;
    }

    @XmlType(name = "text421Recipients")
    @XmlAccessorType(XmlAccessType.FIELD)
    static class RecipientsElement {

        RecipientElement recipient = new RecipientElement();
    }

    @XmlType(
            name = "text421Recipient",
            propOrder = {"id", "receivedId", "msisdn"})
    @XmlAccessorType(XmlAccessType.FIELD)
    static class RecipientElement {

        @Nullable String id;

        @XmlElement(name = "rcv_msg_id")
        @Nullable String receivedId;

        @Nullable String msisdn;
    }
}
