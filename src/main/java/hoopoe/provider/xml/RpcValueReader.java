package hoopoe.provider.xml;

import hoopoe.provider.xml.RpcValue.Entries;
import hoopoe.provider.xml.RpcValue.Items;
import hoopoe.provider.xml.RpcValue.Nothing;
import hoopoe.provider.xml.RpcValue.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamException;

/**
 * Reads the values of elements by structure (decision 8). References may lead anywhere in the document, in
 * circles, and to one element many times, so depth, number of values and text are limited.
 */
final class RpcValueReader {

    private static final int DEEPEST = 50;
    private static final int MOST = 200_000;

    /** Twice what an answer may have: only references to one long text have more. */
    private static final int MOST_CHARACTERS = 8 << 20;

    private final Map<String, XmlElement> byId = new HashMap<>();
    private int read;
    private int characters;

    /** @param document the one that contains the targets of references */
    RpcValueReader(XmlElement document) {
        note(document);
    }

    private void note(XmlElement element) {
        var id = element.attribute("id");
        if (!id.isEmpty()) {
            byId.putIfAbsent(id, element);
        }
        element.children().forEach(this::note);
    }

    /** @throws XMLStreamException where a reference has no target or leads in a circle */
    RpcValue value(XmlElement element) throws XMLStreamException {
        return value(element, 1);
    }

    private RpcValue value(XmlElement written, int depth) throws XMLStreamException {
        if (depth > DEEPEST || ++read > MOST) {
            throw new XMLStreamException("more values than anybody means");
        }
        var href = written.attribute("href");
        if (!href.isEmpty()) {
            return value(referred(href), depth + 1);
        }
        if (isNil(written)) {
            return new Nothing();
        }
        if (isMap(written)) {
            return map(written, depth);
        }
        if (isArray(written)) {
            return items(written, depth);
        }
        return written.children().isEmpty() ? text(written) : struct(written, depth);
    }

    private Text text(XmlElement written) throws XMLStreamException {
        characters += written.text().length();
        if (characters > MOST_CHARACTERS) {
            throw new XMLStreamException("more text than was written");
        }
        return new Text(written.text());
    }

    private XmlElement referred(String href) throws XMLStreamException {
        var referred = byId.get(href.startsWith("#") ? href.substring(1) : href);
        if (referred == null) {
            throw new XMLStreamException("a reference that leads nowhere");
        }
        return referred;
    }

    private static boolean isNil(XmlElement element) {
        var nil = element.attribute("nil");
        return nil.equals("true") || nil.equals("1");
    }

    private static boolean isMap(XmlElement element) {
        return type(element).equals("Map")
                || !element.children().isEmpty() && element.children().stream().allMatch(RpcValueReader::isPair);
    }

    private static boolean isPair(XmlElement element) {
        return element.name().equals("item")
                && element.children().size() == 2
                && element.children("key").count() == 1
                && element.children("value").count() == 1;
    }

    private static boolean isArray(XmlElement element) {
        if (type(element).equals("Array") || !element.attribute("arrayType").isEmpty()) {
            return true;
        }
        var names = element.children().stream().map(XmlElement::name).distinct().toList();
        return names.size() == 1
                && (element.children().size() > 1 || names.get(0).equals("item"));
    }

    /** Without the prefix, which may not be declared. */
    private static String type(XmlElement element) {
        var type = element.attribute("type");
        return type.substring(type.indexOf(':') + 1).strip();
    }

    private Items items(XmlElement element, int depth) throws XMLStreamException {
        var items = new ArrayList<RpcValue>();
        for (var child : element.children()) {
            items.add(value(child, depth + 1));
        }
        return new Items(List.copyOf(items));
    }

    private Entries struct(XmlElement element, int depth) throws XMLStreamException {
        var entries = new LinkedHashMap<String, List<RpcValue>>();
        for (var child : element.children()) {
            add(entries, child.name(), value(child, depth + 1));
        }
        return entries(entries);
    }

    private static void add(Map<String, List<RpcValue>> entries, String key, RpcValue value) {
        entries.computeIfAbsent(key, unknown -> new ArrayList<>(1)).add(value);
    }

    private static Entries entries(Map<String, List<RpcValue>> written) {
        var entries = new LinkedHashMap<String, RpcValue>();
        written.forEach((key, values) -> entries.put(key, RpcValue.only(values)));
        return new Entries(entries);
    }

    private Entries map(XmlElement element, int depth) throws XMLStreamException {
        var entries = new LinkedHashMap<String, List<RpcValue>>();
        for (var item : element.children()) {
            add(
                    entries,
                    value(only(item, "key"), depth + 1).asText().orElse(""),
                    value(only(item, "value"), depth + 1));
        }
        return entries(entries);
    }

    private static XmlElement only(XmlElement item, String name) throws XMLStreamException {
        return item.children(name)
                .findFirst()
                .orElseThrow(() -> new XMLStreamException("an item of a map without its " + name));
    }
}
