package hoopoe.local.every8d;

import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The first element of an envelope's body.
 *
 * @param name its local name; empty if there is no element, or it is not of the service's namespace
 * @param children the texts of its qualified children; one that is missing, nil or of another namespace has no key,
 *     as ASP.NET leaves such a parameter null
 */
record SoapBody(String name, Map<String, String> children) {

    private static final SoapBody NONE = new SoapBody("", Map.of());

    /** @throws SoapFault when it is no envelope of this version */
    static SoapBody read(Soap soap, byte[] bytes, String charset) {
        try {
            return envelope(soap, Xml.read(new ByteArrayInputStream(bytes), charset));
        } catch (XMLStreamException e) {
            throw SoapFault.caller(
                    "Server was unable to read request. ---> There is an error in the XML document. ---> "
                            + e.getMessage());
        }
    }

    private static SoapBody envelope(Soap soap, XMLStreamReader xml) throws XMLStreamException {
        Xml.nextTag(xml);
        String namespace = String.valueOf(xml.getNamespaceURI());
        if (!xml.getLocalName().equals("Envelope")) {
            throw SoapFault.caller("Server was unable to read request. ---> Request format is unrecognized.");
        }
        if (!namespace.equals(soap.envelope())) {
            throw SoapFault.version(namespace, soap.envelope());
        }
        SoapBody found = NONE;
        while (Xml.nextTag(xml) == XMLStreamReader.START_ELEMENT) {
            if (xml.getLocalName().equals("Header")) {
                header(soap, xml);
            } else if (xml.getLocalName().equals("Body")) {
                found = body(xml);
            } else {
                Xml.skip(xml);
            }
        }
        while (xml.hasNext()) {
            xml.next();
        }
        return found;
    }

    private static void header(Soap soap, XMLStreamReader xml) throws XMLStreamException {
        while (Xml.nextTag(xml) == XMLStreamReader.START_ELEMENT) {
            String must = xml.getAttributeValue(soap.envelope(), "mustUnderstand");
            if ("1".equals(must) || "true".equals(must)) {
                throw SoapFault.header(xml.getLocalName());
            }
            Xml.skip(xml);
        }
    }

    private static SoapBody body(XMLStreamReader xml) throws XMLStreamException {
        SoapBody found = NONE;
        while (Xml.nextTag(xml) == XMLStreamReader.START_ELEMENT) {
            if (found.name.isEmpty() && Soap.NAMESPACE.equals(xml.getNamespaceURI())) {
                found = new SoapBody(xml.getLocalName(), children(xml));
            } else {
                Xml.skip(xml);
            }
        }
        return found;
    }

    private static Map<String, String> children(XMLStreamReader xml) throws XMLStreamException {
        Map<String, String> children = new HashMap<>();
        while (Xml.nextTag(xml) == XMLStreamReader.START_ELEMENT) {
            String nil = xml.getAttributeValue(XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI, "nil");
            if (!Soap.NAMESPACE.equals(xml.getNamespaceURI()) || "true".equals(nil) || "1".equals(nil)) {
                Xml.skip(xml);
            } else {
                String child = xml.getLocalName();
                children.putIfAbsent(child, xml.getElementText());
            }
        }
        return children;
    }
}
