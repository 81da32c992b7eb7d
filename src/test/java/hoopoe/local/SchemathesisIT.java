package hoopoe.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hoopoe.testing.Api;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * What Schemathesis makes of the document, before the local stack as {@code mvn -Prun} starts it: no call is answered by a 5xx, or by what
 * the document does not tell of.
 */
@EnabledIfSystemProperty(
        named = SchemathesisIT.SCHEMATHESIS,
        matches = ".+",
        disabledReason = "no Schemathesis is named")
class SchemathesisIT {

    /** Path of the program, which the Python package {@code schemathesis} brings. */
    static final String SCHEMATHESIS = "hoopoe.schemathesis";

    private static final Path CONFIGURATION = Path.of("src", "local", "python", "schemathesis.toml");
    private static final Path DOCUMENT = Path.of("src", "main", "resources", "openapi.json");
    private static final Duration BOUND = Duration.ofMinutes(20);

    /** Its cache of what it tried. */
    @TempDir
    Path directory;

    /** Of Python 3.11's parser (CPython issue 106905), which Schemathesis meets now and then: no call was made for it. */
    private static final String PYTHON_FELL = "AST constructor recursion depth mismatch";

    private static final int ATTEMPTS = 3;

    @Test
    void whatItTriesIsAnsweredAsTheDocumentSays() throws Exception {
        try (var stack = stack()) {
            // Schemathesis waits for less than an environment may take to start on a machine that is busy with others.
            new Api(stack.url()).get("/v1/batches");
            var run = run(stack);
            for (int i = 1; i < ATTEMPTS && run.log().contains(PYTHON_FELL); i++) {
                run = run(stack);
            }
            assertThat(run.status()).as(run.log()).isZero();
        }
    }

    /** @param log all that it printed */
    private record Run(int status, String log) {}

    private Run run(Stack stack) throws Exception {
        var log = directory.resolve("log");
        var schemathesis = new ProcessBuilder(List.of(
                        System.getProperty(SCHEMATHESIS),
                        "--config-file",
                        CONFIGURATION.toAbsolutePath().toString(),
                        "--no-color",
                        "run",
                        lenient().toString(),
                        "--url",
                        stack.url().toString(),
                        "--header",
                        "Authorization: Bearer " + LocalKeys.LIVE))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(schemathesis.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS))
                    .as(Files.readString(log))
                    .isTrue();
        } finally {
            schemathesis.destroyForcibly();
        }
        return new Run(schemathesis.exitValue(), Files.readString(log));
    }

    /**
     * The document as lenient as the functions are: null is as good as left out in a request. The document does not say so, because
     * generators of clients stumble over it.
     */
    private Path lenient() throws IOException {
        var json = new ObjectMapper();
        var document = json.readTree(Files.readString(DOCUMENT));
        for (var schema : document.at("/components/schemas")) {
            if (schema.path("additionalProperties").isBoolean()) {
                var required = schema.path("required").toString();
                schema.path("properties").properties().stream()
                        .filter(member -> !required.contains('"' + member.getKey() + '"'))
                        .forEach(member -> orNull(member.getValue()));
            }
        }
        return Files.writeString(directory.resolve("openapi.json"), json.writeValueAsString(document));
    }

    private static void orNull(JsonNode member) {
        var type = ((ObjectNode) member).remove("type");
        ((ObjectNode) member).putArray("type").add(type).add("null");
        member.path("properties").forEach(SchemathesisIT::orNull);
    }

    private static Stack stack() throws IOException {
        var ports = Map.of(
                "HOOPOE_LOCAL_EVERY8D_PORT", "0", "HOOPOE_LOCAL_TEXT421_PORT", "0", "HOOPOE_LOCAL_SMSPANEL_PORT", "0");
        return Stack.builder()
                .every(Duration.ofSeconds(1))
                .timeout(Duration.ofMinutes(3))
                .simulators(LocalProvider.all(ports))
                .settings(Map.of("hoopoe.default-account", LocalProvider.defaultAccount()))
                .start();
    }
}
