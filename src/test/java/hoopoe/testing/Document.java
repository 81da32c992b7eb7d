package hoopoe.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of which parts are made from the code, each between {@code <!-- name -->} and {@code <!-- /name -->}. A test
 * compares them; {@code -Dhoopoe.docs=write} has it write them instead.
 */
public final class Document {

    private static final boolean WRITES = "write".equals(System.getProperty("hoopoe.docs"));

    private final Path file;

    private Document(Path file) {
        this.file = file;
    }

    public static Document of(Path file) {
        return new Document(file);
    }

    /** @param made without a line break at its end */
    public void holds(String name, String made) {
        try {
            var text = Files.readString(file);
            var part = part(name).matcher(text);
            assertThat(part.find()).as("%s marks a part %s", file, name).isTrue();
            if (WRITES) {
                Files.writeString(file, part.replaceFirst("$1" + Matcher.quoteReplacement(made) + "$3"));
            } else {
                assertThat(part.group(2))
                        .as("%s, %s: -Dhoopoe.docs=write makes it anew", file, name)
                        .isEqualTo(made);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Pattern part(String name) {
        return Pattern.compile("(<!-- " + name + " -->\n)(.*?)(\n<!-- /" + name + " -->)", Pattern.DOTALL);
    }
}
