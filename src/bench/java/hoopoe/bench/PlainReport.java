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
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.xml.sax.SAXException;

/** A report as most would read it: the envelope by DOM, its content by JAXB, then what ours makes of it too. */
final class PlainReport {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss");
    private static final ZoneId TAIPEI = ZoneId.of("Asia/Taipei");

    private final DocumentBuilderFactory documents = DocumentBuilderFactory.newDefaultNSInstance();
    private final JAXBContext context;

    PlainReport() throws JAXBException {
        context = JAXBContext.newInstance(SmsLog.class);
    }

    /** What is asked of a row. */
    record Row(String mobile, Instant sentAt, int status, BigDecimal cost, List<Answer> answers) {}

    record Answer(Instant at, String text) {}

    List<Row> rows(byte[] envelope) throws JAXBException, ParserConfigurationException, SAXException, IOException {
        var document = documents.newDocumentBuilder().parse(new ByteArrayInputStream(envelope));
        var result = document.getElementsByTagNameNS("*", "getDeliveryStatusResult")
                .item(0)
                .getTextContent();
        var log = (SmsLog) context.createUnmarshaller().unmarshal(new StringReader(result));
        return log.status.rows.stream().map(PlainReport::row).toList();
    }

    private static Row row(Sms sms) {
        return new Row(
                sms.mobile.strip(),
                instant(sms.sentTime),
                Integer.parseInt(sms.status),
                new BigDecimal(sms.cost),
                sms.replies.stream()
                        .map(reply -> new Answer(instant(reply.time), reply.message.strip()))
                        .toList());
    }

    private static Instant instant(String time) {
        return LocalDateTime.parse(time, TIME).atZone(TAIPEI).toInstant();
    }

    @XmlRootElement(name = "SMS_LOG")
    @XmlType(name = "PlainSmsLog")
    @XmlAccessorType(XmlAccessType.FIELD)
    static final class SmsLog {
        @XmlElement(name = "CODE")
        String code;

        @XmlElement(name = "DESCRIPTION")
        String description;

        @XmlElement(name = "GET_DELIVERY_STATUS")
        Status status;
    }

    @XmlType(name = "PlainStatus")
    @XmlAccessorType(XmlAccessType.FIELD)
    static final class Status {
        @XmlAttribute(name = "COUNT")
        String count;

        @XmlElement(name = "SMS")
        List<Sms> rows = new ArrayList<>();
    }

    @XmlType(name = "PlainSms")
    @XmlAccessorType(XmlAccessType.FIELD)
    static final class Sms {
        @XmlElement(name = "NAME")
        String name;

        @XmlElement(name = "MOBILE")
        String mobile;

        @XmlElement(name = "SENT_TIME")
        String sentTime;

        @XmlElement(name = "COST")
        String cost;

        @XmlElement(name = "STATUS")
        String status;

        @XmlElement(name = "REPLY_SMS")
        List<Reply> replies = new ArrayList<>();
    }

    @XmlType(name = "PlainReply")
    @XmlAccessorType(XmlAccessType.FIELD)
    static final class Reply {
        @XmlElement(name = "REPLY_TIME")
        String time;

        @XmlElement(name = "MESSAGE")
        String message;
    }
}
