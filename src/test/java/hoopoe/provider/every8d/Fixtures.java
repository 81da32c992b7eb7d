package hoopoe.provider.every8d;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The provider's own answers, one file each. */
final class Fixtures {

    private Fixtures() {}

    static String read(String name) {
        try (var in = Fixtures.class.getResourceAsStream("/hoopoe/provider/every8d/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("no fixture " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
