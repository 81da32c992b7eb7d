package hoopoe.local.every8d;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** {@code <REPS><USER NAME="" MOBILE="+886900000001" EMAIL="" SENDTIME=""><![CDATA[text]]></USER></REPS>}. */
final class ReceiversXml {
    private ReceiversXml() {}

    /** @return nothing when it is not that */
    static Optional<List<Receiver>> read(String contentXml, String commonSendTime) {
        try {
            return receivers(Xml.read(new StringReader(contentXml.strip())), commonSendTime);
        } catch (XMLStreamException e) {
            return Optional.empty();
        }
    }

    private static Optional<List<Receiver>> receivers(XMLStreamReader xml, String commonSendTime)
            throws XMLStreamException {
        List<Receiver> receivers = new ArrayList<>();
        Xml.nextTag(xml);
        if (!xml.getLocalName().equals("REPS")) {
            return Optional.empty();
        }
        while (Xml.nextTag(xml) == XMLStreamReader.START_ELEMENT) {
            if (!xml.getLocalName().equals("USER")) {
                return Optional.empty();
            }
            receivers.add(receiver(xml, commonSendTime));
        }
        while (xml.hasNext()) {
            xml.next();
        }
        return Optional.of(receivers);
    }

    private static Receiver receiver(XMLStreamReader xml, String commonSendTime) throws XMLStreamException {
        String ownTime = attribute(xml, "SENDTIME");
        String name = attribute(xml, "NAME");
        String mobile = attribute(xml, "MOBILE");
        String email = attribute(xml, "EMAIL");
        return new Receiver(
                name, mobile, email, xml.getElementText(), ownTime.isEmpty() ? commonSendTime : ownTime, true);
    }

    private static String attribute(XMLStreamReader xml, String name) {
        String value = xml.getAttributeValue(null, name);
        return value == null ? "" : value;
    }
}
