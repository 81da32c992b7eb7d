package hoopoe.provider.xml;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * The request of one operation in SOAP 1.1, rpc/encoded: unqualified parameters in the given order, each with its type. Every
 * array is typed, because without a type a PHP server takes an array of one for a struct.
 */
public final class RpcMessage {

    private static final String ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/";
    private static final String ENCODING = "http://schemas.xmlsoap.org/soap/encoding/";
    private static final String SCHEMA = "http://www.w3.org/2001/XMLSchema";
    private static final String INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";
    private static final XMLOutputFactory FACTORY = XMLOutputFactory.newDefaultFactory();

    private final String namespace;
    private final String operation;
    private final List<Parameter> parameters = new ArrayList<>();

    private RpcMessage(String namespace, String operation) {
        this.namespace = namespace;
        this.operation = operation;
    }

    @FunctionalInterface
    private interface Parameter {
        void write(XMLStreamWriter xml) throws XMLStreamException;
    }

    public static RpcMessage of(String namespace, String operation) {
        return new RpcMessage(namespace, operation);
    }

    /** @param value text that XML can carry */
    public RpcMessage with(String name, String value) {
        parameters.add(xml -> text(xml, name, value));
        return this;
    }

    /** @param values texts that XML can carry */
    public RpcMessage with(String name, List<String> values) {
        parameters.add(xml -> array(xml, name, values));
        return this;
    }

    public String operation() {
        return operation;
    }

    /** @param action the server's name of the operation in {@code SOAPAction}; sent in quotes */
    public Map<String, String> headers(String action) {
        return SoapVersion.V1_1.headers(action);
    }

    /** The whole document, UTF-8. */
    public byte[] envelope() {
        var document = new StringWriter();
        try {
            var xml = FACTORY.createXMLStreamWriter(document);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            envelope(xml);
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a text that XML cannot carry", e);
        }
        return document.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Omits the parameters, which are passwords, numbers and texts. */
    @Override
    public String toString() {
        return operation;
    }

    private void envelope(XMLStreamWriter xml) throws XMLStreamException {
        xml.writeStartElement("SOAP-ENV", "Envelope", ENVELOPE);
        xml.writeNamespace("SOAP-ENV", ENVELOPE);
        xml.writeNamespace("xsd", SCHEMA);
        xml.writeNamespace("xsi", INSTANCE);
        xml.writeNamespace("SOAP-ENC", ENCODING);
        xml.writeAttribute("SOAP-ENV", ENVELOPE, "encodingStyle", ENCODING);
        xml.writeStartElement("SOAP-ENV", "Body", ENVELOPE);
        xml.writeStartElement("ns1", operation, namespace);
        xml.writeNamespace("ns1", namespace);
        for (var parameter : parameters) {
            parameter.write(xml);
        }
        xml.writeEndElement();
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private static void array(XMLStreamWriter xml, String name, List<String> values) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeAttribute("xsi", INSTANCE, "type", "SOAP-ENC:Array");
        xml.writeAttribute("SOAP-ENC", ENCODING, "arrayType", "xsd:string[" + values.size() + ']');
        for (var value : values) {
            text(xml, "item", value);
        }
        xml.writeEndElement();
    }

    private static void text(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeAttribute("xsi", INSTANCE, "type", "xsd:string");
        var lines = value.split("\r", -1);
        for (int i = 0; i < lines.length; i++) {
            if (i > 0) {
                // a plain CR would arrive as LF
                xml.writeEntityRef("#13");
            }
            xml.writeCharacters(lines[i]);
        }
        xml.writeEndElement();
    }
}
