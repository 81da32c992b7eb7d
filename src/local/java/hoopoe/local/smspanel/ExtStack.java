package hoopoe.local.smspanel;

import java.util.List;
import java.util.stream.Collectors;

/** PHP's own ext/soap: what has keys is a {@code Map} of its XML namespace. */
final class ExtStack implements PhpStack {
    private static final String MAP = "ns2:Map";

    @Override
    public String element(String name, Php value) {
        if (value instanceof Php.Text text) {
            return PhpStack.scalar(name, "string", text.text());
        }
        if (value instanceof Php.Number number) {
            return PhpStack.scalar(name, "int", Long.toString(number.number()));
        }
        if (value instanceof Php.Listing listing) {
            return list(name, listing.items());
        }
        return value instanceof Php.Keyed keyed ? map(name, keyed) : "<" + name + " xsi:nil=\"true\"/>";
    }

    private String map(String name, Php.Keyed keyed) {
        String key = keyed.byInteger() ? "int" : "string";
        return keyed.entries().entrySet().stream()
                .map(entry -> "<item>" + PhpStack.scalar("key", key, entry.getKey())
                        + element("value", entry.getValue()) + "</item>")
                .collect(Collectors.joining("", "<" + name + " xsi:type=\"ns2:Map\">", "</" + name + ">"));
    }

    private String list(String name, List<? extends Php> items) {
        String type = type(items);
        String size = "SOAP-ENC:arrayType=\"" + type + "[" + items.size() + "]\"";
        String array = "xsi:type=\"SOAP-ENC:Array\"";
        // in this order, as it was measured
        String attributes = type.equals(MAP) ? size + " " + array : array + " " + size;
        return items.stream()
                .map(item -> element("item", item))
                .collect(Collectors.joining("", "<" + name + " " + attributes + ">", "</" + name + ">"));
    }

    private static String type(List<? extends Php> items) {
        if (items.isEmpty()) {
            return "xsd:ur-type";
        }
        if (items.stream().allMatch(Php.Number.class::isInstance)) {
            return "xsd:int";
        }
        return items.stream().allMatch(Php.Keyed.class::isInstance) ? MAP : "xsd:string";
    }
}
