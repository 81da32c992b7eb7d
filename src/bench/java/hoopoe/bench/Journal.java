package hoopoe.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Everything measured, as JSON lines; each says in {@code kind} what it is. */
final class Journal implements AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper();

    private final BufferedWriter out;

    Journal(Path file) throws IOException {
        out = Files.newBufferedWriter(file);
    }

    static ObjectNode line(String kind) {
        return JSON.createObjectNode().put("kind", kind);
    }

    void write(ObjectNode line) {
        try {
            out.write(JSON.writeValueAsString(line));
            out.newLine();
            out.flush(); // what was measured stays, however the run ends
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
