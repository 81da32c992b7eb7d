package hoopoe.local.smspanel;

import java.util.stream.Collectors;

/** {@code json_encode} in a string, with everything beyond ASCII escaped and slashes too, as PHP does. */
final class JsonStack implements PhpStack {

    @Override
    public String element(String name, Php value) {
        String text = value instanceof Php.Text plain ? plain.text() : json(value);
        return PhpStack.scalar(name, "string", text);
    }

    private static String json(Php value) {
        if (value instanceof Php.Text text) {
            return quoted(text.text());
        }
        if (value instanceof Php.Number number) {
            return Long.toString(number.number());
        }
        if (value instanceof Php.Listing listing) {
            return listing.items().stream().map(JsonStack::json).collect(Collectors.joining(",", "[", "]"));
        }
        if (value instanceof Php.Keyed keyed) {
            return keyed.entries().entrySet().stream()
                    .map(entry -> quoted(entry.getKey()) + ":" + json(entry.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        return "null";
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\' || c == '/') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
