package hoopoe.provider.every8d;

import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLStreamException;

/** {@code SMS_LOG/(CODE, DESCRIPTION, GET_DELIVERY_STATUS/@COUNT, GET_DELIVERY_STATUS/SMS*)} */
@XmlType(name = "every8dReport")
@XmlAccessorType(XmlAccessType.FIELD)
class Every8dReportXml {

    private static final Set<String> TEXTS =
            Set.of("CODE", "MOBILE", "SENT_TIME", "COST", "STATUS", "REPLY_TIME", "MESSAGE");

    @XmlElement(name = "CODE")
    String code = "";

    /** One by the document; the rows of several are read together. */
    @XmlElement(name = "GET_DELIVERY_STATUS")
    List<StatusesElement> statuses = new ArrayList<>(1);

    static Every8dReportXml read(String document) throws XMLStreamException {
        var report = Every8dClient.DOCUMENTS.read(document, Every8dReportXml.class, TEXTS);
        if (!report.getName().getLocalPart().equals("SMS_LOG")) {
            throw new XMLStreamException("not a report");
        }
        return report.getValue();
    }

    @XmlType(name = "every8dReportStatuses")
    @XmlAccessorType(XmlAccessType.FIELD)
    static class StatusesElement {

        @XmlAttribute(name = "COUNT")
        String count = "";

        @XmlElement(name = "SMS")
        List<SmsElement> rows = new ArrayList<>();
    }

    /** {@code MOBILE} is padded to 20 characters. */
    @XmlType(name = "every8dReportSms")
    @XmlAccessorType(XmlAccessType.FIELD)
    static class SmsElement {

        @XmlElement(name = "MOBILE")
        String mobile = "";

        @XmlElement(name = "SENT_TIME")
        String sentTime = "";

        @XmlElement(name = "COST")
        String cost = "";

        @XmlElement(name = "STATUS")
        String status = "";

        @XmlElement(name = "REPLY_SMS")
        List<ReplyElement> replies = new ArrayList<>(0);
    }

    @XmlType(name = "every8dReportReply")
    @XmlAccessorType(XmlAccessType.FIELD)
    static class ReplyElement {

        @XmlElement(name = "REPLY_TIME")
        String time = "";

        @XmlElement(name = "MESSAGE")
        String message = "";
    }
}
