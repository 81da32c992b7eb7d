package hoopoe.local.smspanel;

import hoopoe.local.stage.Switches;
import hoopoe.local.wire.Request;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * One understood call. Namespace and action are ignored, as both PHP stacks do.
 *
 * @param arguments a text, or a list of texts for an array; those left out are no keys
 */
record SoapCall(Operation operation, Map<String, Object> arguments) {
    private static final String ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/";
    private static final String ENCODING = "http://schemas.xmlsoap.org/soap/encoding/";

    /** @throws SoapFault when it is no call of one of the methods */
    static SoapCall read(Request request, Switches switches) {
        Element called = called(document(request.body()));
        Operation operation = Operation.named(called.getLocalName())
                .orElseThrow(() -> SoapFault.caller(
                        "Operation '" + called.getLocalName() + "' is not defined in the WSDL for this service"));
        return new SoapCall(operation, arguments(operation, children(called), switches));
    }

    /** The parameter, empty when it was left out. @throws SoapFault when it is an array */
    String text(String parameter) {
        Object argument = arguments.getOrDefault(parameter, "");
        if (argument instanceof String text) {
            return text;
        }
        throw SoapFault.service("Array to string conversion: " + parameter);
    }

    /** @throws SoapFault when it is no array */
    List<String> texts(String parameter) {
        if (arguments.get(parameter) instanceof List<?> texts) {
            return texts.stream().map(String::valueOf).toList();
        }
        throw SoapFault.service("Argument " + parameter + " must be of the type array");
    }

    private static Element document(byte[] body) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new ByteArrayInputStream(body)).getDocumentElement();
        } catch (SAXException | IOException e) {
            throw SoapFault.caller("error in msg parsing: " + e.getMessage());
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Element called(Element envelope) {
        if (!ENVELOPE.equals(envelope.getNamespaceURI()) || !"Envelope".equals(envelope.getLocalName())) {
            throw SoapFault.caller("Bad Request: no SOAP 1.1 envelope");
        }
        return children(envelope).stream()
                .filter(child -> "Body".equals(child.getLocalName()))
                .flatMap(body -> children(body).stream())
                .findFirst()
                .orElseThrow(() -> SoapFault.caller("Operation '' is not defined in the WSDL for this service"));
    }

    private static Map<String, Object> arguments(Operation operation, List<Element> written, Switches switches) {
        Map<String, Object> arguments = new HashMap<>();
        for (int i = 0; i < written.size(); i++) {
            boolean byPlace = switches.is(Switch.Parameters.POSITIONAL);
            if (!byPlace) {
                arguments.put(written.get(i).getLocalName(), value(written.get(i)));
            } else if (i < operation.parameters().size()) {
                arguments.put(operation.parameters().get(i), value(written.get(i)));
            }
        }
        return arguments;
    }

    /** Without its type an array is a struct to PHP, and stays one here: neither text nor list. */
    private static Object value(Element element) {
        List<Element> items = children(element);
        if (!element.getAttributeNS(ENCODING, "arrayType").isEmpty()) {
            return items.stream().map(Node::getTextContent).toList();
        }
        return items.isEmpty() ? element.getTextContent() : Map.of();
    }

    private static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }
}
