package hoopoe.local.text421;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** The body of a send, with the JDK's DOM. */
final class BillXml {
    private static final List<String> SMS = List.of("username", "password", "billing", "message", "recipients");
    private static final List<String> BILLING = List.of("billkey", "from");
    private static final List<String> MESSAGE = List.of("text", "type", "dcs", "esm", "delivery");
    private static final List<String> RECIPIENT = List.of("id", "rcv_msg_id", "msisdn");

    private final boolean ordered;

    private BillXml(boolean ordered) {
        this.ordered = ordered;
    }

    /**
     * @param ordered whether the document's order of elements must be kept
     * @return nothing where it is no such body
     */
    static Optional<BillOrder> read(byte[] body, boolean ordered) {
        try {
            return new BillXml(ordered).order(root(body));
        } catch (SAXException | IOException e) {
            return Optional.empty();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Element root(byte[] body) throws SAXException, IOException, ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        var builder = factory.newDocumentBuilder();
        builder.setErrorHandler(new DefaultHandler());
        return builder.parse(new ByteArrayInputStream(body)).getDocumentElement();
    }

    private Optional<BillOrder> order(Element sms) {
        Optional<Element> billing = child(sms, "billing");
        Optional<Element> message = child(sms, "message");
        if (!sms.getTagName().equals("sms")
                || isWrong(sms, SMS)
                || billing.filter(one -> isWrong(one, BILLING)).isPresent()
                || message.filter(one -> isWrong(one, MESSAGE)).isPresent()) {
            return Optional.empty();
        }
        List<BillOrder.Recipient> recipients = new ArrayList<>();
        for (Element recipient : child(sms, "recipients").map(BillXml::children).orElse(List.of())) {
            if (isWrong(recipient, RECIPIENT)) {
                return Optional.empty();
            }
            recipients.add(new BillOrder.Recipient(
                    text(recipient, "id"), text(recipient, "rcv_msg_id"), text(recipient, "msisdn")));
        }
        return Optional.of(new BillOrder(
                text(sms, "username"),
                text(sms, "password"),
                text(billing, "billkey"),
                text(billing, "from"),
                text(message, "text"),
                text(message, "type"),
                text(message, "dcs"),
                text(message, "esm"),
                text(message, "delivery"),
                List.copyOf(recipients)));
    }

    /** Unknown elements, repeated ones, or another order. */
    private boolean isWrong(Element parent, List<String> names) {
        List<Integer> places = children(parent).stream()
                .map(child -> names.indexOf(child.getTagName()))
                .toList();
        boolean strange = places.contains(-1) || places.stream().distinct().count() < places.size();
        return strange || ordered && !places.equals(places.stream().sorted().toList());
    }

    private static String text(Optional<Element> parent, String name) {
        return parent.map(found -> text(found, name)).orElse("");
    }

    private static String text(Element parent, String name) {
        return child(parent, name).map(Node::getTextContent).orElse("");
    }

    private static Optional<Element> child(Element parent, String name) {
        return children(parent).stream()
                .filter(child -> child.getTagName().equals(name))
                .findFirst();
    }

    private static List<Element> children(Element parent) {
        List<Element> all = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                all.add(element);
            }
        }
        return all;
    }
}
