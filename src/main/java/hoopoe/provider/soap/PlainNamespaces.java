package hoopoe.provider.soap;

import java.util.ArrayDeque;
import java.util.Deque;

/** Which prefix stands for what, within which element (Namespaces in XML 1.0 sections 2.2, 3 and 6). */
final class PlainNamespaces {

    private static final String RESERVED_XML = "http://www.w3.org/XML/1998/namespace";
    private static final String RESERVED_XMLNS = "http://www.w3.org/2000/xmlns/";
    private static final String DEFAULT = "xmlns";

    private record Binding(String prefix, String namespace, int depth) {}

    private final Deque<Binding> bindings = new ArrayDeque<>();

    /** Takes the declarations among the attributes; of the others it refuses those that have a prefix or a reserved name. */
    void enter(PlainAttributes attributes, int depth) throws NotPlain {
        for (int i = 0; i < attributes.count(); i++) {
            var name = attributes.name(i);
            if (name.equals(DEFAULT)) {
                declare("", attributes.value(i), depth);
            } else if (name.startsWith(DEFAULT + ':')) {
                declarePrefix(name.substring(DEFAULT.length() + 1), attributes.value(i), depth);
            } else if (name.indexOf(':') >= 0 || isReserved(name)) {
                throw new NotPlain();
            }
        }
    }

    void leave(int depth) {
        while (!bindings.isEmpty() && bindings.peek().depth == depth) {
            bindings.pop();
        }
    }

    /** Whether an element may have the prefix, which is empty for none. */
    boolean know(String prefix) {
        return prefix.isEmpty() || !of(prefix).isEmpty();
    }

    /** Empty where none is declared. */
    String of(String prefix) {
        for (var binding : bindings) {
            if (binding.prefix.equals(prefix)) {
                return binding.namespace;
            }
        }
        return "";
    }

    /** Names that begin with {@code xml}, in whatever case (XML 1.0 section 2.3). */
    static boolean isReserved(String name) {
        return name.regionMatches(true, 0, "xml", 0, 3);
    }

    private void declarePrefix(String prefix, String namespace, int depth) throws NotPlain {
        if (isReserved(prefix) || namespace.isEmpty()) {
            throw new NotPlain();
        }
        declare(prefix, namespace, depth);
    }

    private void declare(String prefix, String namespace, int depth) throws NotPlain {
        if (namespace.equals(RESERVED_XML) || namespace.equals(RESERVED_XMLNS)) {
            throw new NotPlain();
        }
        bindings.push(new Binding(prefix, namespace, depth));
    }
}
