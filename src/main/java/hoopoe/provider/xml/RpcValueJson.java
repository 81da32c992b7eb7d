package hoopoe.provider.xml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import hoopoe.message.Surrogates;
import hoopoe.platform.Json;
import hoopoe.provider.xml.RpcValue.Entries;
import hoopoe.provider.xml.RpcValue.Items;
import hoopoe.provider.xml.RpcValue.Nothing;
import hoopoe.provider.xml.RpcValue.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Reads and writes values as JSON. Jackson's own limits bound depth and length. */
final class RpcValueJson {

    private RpcValueJson() {}

    static Optional<RpcValue> read(String json) {
        return Json.exactDocument(json).map(RpcValueJson::value);
    }

    static String write(RpcValue value) {
        return node(value).toString();
    }

    private static RpcValue value(JsonNode node) {
        if (node.isArray()) {
            var items = new ArrayList<RpcValue>();
            node.forEach(item -> items.add(value(item)));
            return new Items(List.copyOf(items));
        }
        if (node.isObject()) {
            var entries = new LinkedHashMap<String, RpcValue>();
            node.properties().forEach(entry -> entries.put(entry.getKey(), value(entry.getValue())));
            return new Entries(entries);
        }
        return node.isNull() || node.isMissingNode() ? new Nothing() : new Text(Surrogates.whole(node.asText()));
    }

    private static JsonNode node(RpcValue value) {
        if (value instanceof Items items) {
            var array = JsonNodeFactory.instance.arrayNode();
            items.items().forEach(item -> array.add(node(item)));
            return array;
        }
        if (value instanceof Entries entries) {
            var object = JsonNodeFactory.instance.objectNode();
            entries.entries().forEach((key, one) -> object.set(key, node(one)));
            return object;
        }
        return value instanceof Text text
                ? JsonNodeFactory.instance.textNode(text.text())
                : JsonNodeFactory.instance.nullNode();
    }
}
