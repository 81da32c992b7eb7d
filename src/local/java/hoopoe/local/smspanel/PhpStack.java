package hoopoe.local.smspanel;

/** How a PHP stack writes one value as an element. */
interface PhpStack {

    /** @param name of the element */
    String element(String name, Php value);

    static PhpStack of(Switch.Style style) {
        return switch (style) {
            case NUSOAP_STRUCT -> new NusoapStack();
            case EXT_MAP -> new ExtStack();
            case JSON_STRING -> new JsonStack();
        };
    }

    static String scalar(String name, String type, String text) {
        return "<" + name + " xsi:type=\"xsd:" + type + "\">" + escaped(text) + "</" + name + ">";
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\r", "&#13;");
    }
}
