package hoopoe.provider.soap;

import java.util.ArrayList;
import java.util.List;

/** The attributes of a tag: printable ASCII in quotes, no references, no name twice (XML 1.0 sections 2.3, 3.1 and 3.3.3). */
final class PlainAttributes {

    private static final int MOST = 16;

    private final PlainNames names;
    private final List<String> found = new ArrayList<>();
    private final List<String> values = new ArrayList<>();

    PlainAttributes(PlainNames names) {
        this.names = names;
    }

    /** From behind the tag's name to what is no attribute. In place of what was read before. */
    void read(Octets in) throws NotPlain {
        found.clear();
        values.clear();
        while (in.skipBlanks() && PlainNames.isStart(in.current())) {
            var name = names.read(in);
            if (found.contains(name) || found.size() == MOST) {
                throw new NotPlain();
            }
            in.expect('=');
            found.add(name);
            values.add(value(in));
        }
    }

    /** Empty where it is not there. */
    String value(String name) {
        var index = found.indexOf(name);
        return index < 0 ? "" : values.get(index);
    }

    int count() {
        return found.size();
    }

    String name(int index) {
        return found.get(index);
    }

    String value(int index) {
        return values.get(index);
    }

    private static String value(Octets in) throws NotPlain {
        var quote = in.current();
        if (quote != '"' && quote != '\'') {
            throw new NotPlain();
        }
        var value = new StringBuilder();
        for (in.advance(); in.current() != quote; in.advance()) {
            value.append(printable(in.current()));
        }
        in.advance();
        return value.toString();
    }

    private static char printable(int c) throws NotPlain {
        if (c < ' ' || c > '~' || c == '<' || c == '&') {
            throw new NotPlain();
        }
        return (char) c;
    }
}
