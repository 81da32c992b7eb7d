package hoopoe.bench;

import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.JAXBException;
import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlRootElement;
import jakarta.xml.bind.annotation.XmlType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.xml.sax.SAXException;

/** A report as most would read it: the envelope by DOM, its content by JAXB, into strings. */
final class PlainReport {

    private final DocumentBuilderFactory documents = DocumentBuilderFactory.newDefaultNSInstance();
    private final JAXBContext context;

    PlainReport() throws JAXBException {
        context = JAXBContext.newInstance(SmsLog.class);
    }

    int rows(byte[] envelope) throws JAXBException, ParserConfigurationException, SAXException, IOException {
        var document = documents.newDocumentBuilder().parse(new ByteArrayInputStream(envelope));
        var result = document.getElementsByTagNameNS("*", "getDeliveryStatusResult")
                .item(0)
                .getTextContent();
        var log = (SmsLog) context.createUnmarshaller().unmarshal(new StringReader(result));
        return log.status == null ? 0 : log.status.rows.size();
    }

    @XmlRootElement(name = "SMS_LOG")
    @XmlType(name = "PlainSmsLog")
    @XmlAccessorType(XmlAccessType.FIELD)
    static final class SmsLog {
        @XmlElement(name = "CODE")
        @Nullable String code;

        @XmlElement(name = "DESCRIPTION")
        @Nullable String description;

        @XmlElement(name = "GET_DELIVERY_STATUS")
        @Nullable Status status;
    }

    @XmlType(name = "PlainStatus")
    @XmlAccessorType(XmlAccessType.FIELD)
    static final class Status {
        @XmlAttribute(name = "COUNT")
        @Nullable String count;

        @XmlElement(name = "SMS")
        List<Sms> rows = new ArrayList<>();
    }

    @XmlType(name = "PlainSms")
    @XmlAccessorType(XmlAccessType.FIELD)
    static final class Sms {
        @XmlElement(name = "NAME")
        @Nullable String name;

        @XmlElement(name = "MOBILE")
        @Nullable String mobile;

        @XmlElement(name = "SENT_TIME")
        @Nullable String sentTime;

        @XmlElement(name = "COST")
        @Nullable String cost;

        @XmlElement(name = "STATUS")
        @Nullable String status;

        @XmlElement(name = "REPLY_SMS")
        List<Reply> replies = new ArrayList<>();
    }

    @XmlType(name = "PlainReply")
    @XmlAccessorType(XmlAccessType.FIELD)
    static final class Reply {
        @XmlElement(name = "REPLY_TIME")
        @Nullable String time;

        @XmlElement(name = "MESSAGE")
        @Nullable String message;
    }
}
