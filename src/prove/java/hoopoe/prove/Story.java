package hoopoe.prove;

import hoopoe.platform.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What happened, line by line, where somebody wants to read it. */
final class Story {

    private final boolean isTold;
    private final List<String> lines = new ArrayList<>();

    Story(boolean isTold) {
        this.isTold = isTold;
    }

    void add(Supplier<String> line) {
        if (isTold) {
            lines.add(line.get());
        }
    }

    String text() {
        return String.join("\n", lines);
    }

    /** The same for the same history, on any machine. */
    String hash() {
        return Sha256.hex(text(), 16);
    }
}
