package hoopoe.provider.smspanel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Calls and answers as PHP stacks were measured to write them, one file each. */
final class Fixtures {

    private Fixtures() {}

    static String read(String name) {
        try (var in = Fixtures.class.getResourceAsStream("/hoopoe/provider/smspanel/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("no fixture " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
