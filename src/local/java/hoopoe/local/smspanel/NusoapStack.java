package hoopoe.local.smspanel;

import java.util.List;
import java.util.stream.Collectors;

/** NuSOAP 0.9: structs without a type, integer keys lost, an undeclared type name for lists of structs. */
final class NusoapStack implements PhpStack {

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
        if (value instanceof Php.Keyed keyed) {
            return isList(keyed) ? list(name, List.copyOf(keyed.entries().values())) : struct(name, keyed);
        }
        return "<" + name + " xsi:nil=\"true\"/>";
    }

    /** Keys that cannot be names of elements are lost. */
    private static boolean isList(Php.Keyed keyed) {
        return keyed.byInteger() || !keyed.entries().keySet().stream().allMatch(key -> key.matches("[A-Za-z_]\\w*"));
    }

    private String struct(String name, Php.Keyed keyed) {
        return keyed.entries().entrySet().stream()
                .map(entry -> element(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining("", "<" + name + ">", "</" + name + ">"));
    }

    private String list(String name, List<? extends Php> items) {
        return items.stream()
                .map(item -> element("item", item))
                .collect(Collectors.joining(
                        "",
                        "<" + name + " xsi:type=\"SOAP-ENC:Array\" SOAP-ENC:arrayType=\"" + type(items) + "["
                                + items.size() + "]\">",
                        "</" + name + ">"));
    }

    private static String type(List<? extends Php> items) {
        if (items.isEmpty()) {
            return "xsd:anyType";
        }
        if (items.stream().allMatch(Php.Number.class::isInstance)) {
            return "xsd:int";
        }
        return items.stream().allMatch(Php.Keyed.class::isInstance) ? "unnamed_struct_use_soapval" : "xsd:string";
    }
}
