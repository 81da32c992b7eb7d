package hoopoe.provider.text421;

import com.fasterxml.jackson.databind.JsonNode;
import hoopoe.provider.xml.XmlCursor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;

/** The values of a document at any depth, by their local names in lower case. */
final class FlattenedDocument {

    private final Map<String, List<String>> values = new LinkedHashMap<>();

    private FlattenedDocument() {}

    static Map<String, List<String>> ofXml(String document) throws XMLStreamException {
        var flattenedDocument = new FlattenedDocument();
        var reader = XmlCursor.reader(document);
        var text = new StringBuilder();
        var isLeaf = false;
        while (reader.hasNext()) {
            var event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                text.setLength(0);
                isLeaf = true;
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                if (isLeaf) {
                    flattenedDocument.add(reader.getLocalName(), text.toString());
                }
                isLeaf = false;
            } else if (reader.hasText() && event != XMLStreamConstants.COMMENT) {
                text.append(reader.getText());
            }
        }
        return flattenedDocument.values;
    }

    static Map<String, List<String>> of(JsonNode json) {
        var flattenedDocument = new FlattenedDocument();
        flattenedDocument.addAll("", json);
        return flattenedDocument.values;
    }

    private void addAll(String name, JsonNode node) {
        if (node.isValueNode() && !node.isNull()) {
            add(name, node.asText());
        }
        node.properties().forEach(member -> addAll(member.getKey(), member.getValue()));
        if (node.isArray()) {
            node.forEach(element -> addAll(name, element));
        }
    }

    private void add(String name, String value) {
        values.computeIfAbsent(name.toLowerCase(Locale.ROOT), unknown -> new ArrayList<>())
                .add(value.strip());
    }
}
