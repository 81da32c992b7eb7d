package hoopoe.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hoopoe.local.dynamo.LocalDynamo;
import hoopoe.local.lambda.Artifact;
import hoopoe.testing.Await;
import hoopoe.testing.SampleFixture;
import hoopoe.testing.Samples;
import hoopoe.testing.Samples.Sample;
import hoopoe.testing.SharedStack;
import hoopoe.testing.Tenant;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The executable under AWS' own Runtime Interface Emulator, which is what {@code sam local} runs inside its image: whoever is in doubt
 * whether our Runtime API is AWS' finds the answer here.
 */
@EnabledIfSystemProperty(named = EmulatorIT.EMULATOR, matches = ".+", disabledReason = "no emulator is named")
class EmulatorIT {

    /** Path of {@code aws-lambda-rie}, which lies inside the Python package {@code aws-sam-cli}. */
    static final String EMULATOR = "hoopoe.emulator";

    private final Artifact artifact = Artifact.unpack(Path.of("target", "function.zip"));

    @TempDir
    Path directory;

    static List<Sample> samples() {
        return Samples.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aFunctionDoesWhatItsSampleAsks(Sample sample) throws Exception {
        assumeTrue(artifact.isNative(), "a JVM artifact has no bootstrap");
        var dynamo = LocalDynamo.shared();
        var table = dynamo.createTable();
        var api = URI.create("http://127.0.0.1:" + free());
        try (var tenant = new Tenant(SharedStack.DEFAULT, api, Map.of())) {
            var scene = new SampleFixture(dynamo.client(), table, tenant);
            sample.before().on(scene);
            var function = sample.function();
            var emulator = emulator(api, function, settings(dynamo, table, tenant, function));
            try {
                assertThat(invoked(api, sample.event())).contains(sample.answer());
                assertThat(invoked(api, sample.event())).contains(sample.again());
                sample.after().on(scene);
            } finally {
                emulator.descendants().forEach(ProcessHandle::destroyForcibly);
                emulator.destroyForcibly().waitFor();
            }
        } finally {
            dynamo.client().deleteTable(delete -> delete.tableName(table));
        }
    }

    private Process emulator(URI api, String function, Map<String, String> variables) throws IOException {
        var builder = new ProcessBuilder(List.of(
                        System.getProperty(EMULATOR),
                        "--runtime-interface-emulator-address",
                        api.getAuthority(),
                        "--runtime-api-address",
                        "127.0.0.1:" + free(),
                        artifact.root().resolve("bootstrap").toString()))
                .directory(artifact.root().toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(function + ".log").toFile());
        builder.environment().clear();
        builder.environment().putAll(variables);
        return builder.start();
    }

    private static Map<String, String> settings(LocalDynamo dynamo, String table, Tenant tenant, String function) {
        var settings = new TreeMap<>(tenant.settings());
        settings.put("hoopoe.store.table", table);
        settings.put("quarkus.dynamodb.endpoint-override", dynamo.endpoint().toString());
        settings.put("quarkus.funqy.export", function);
        settings.put("hoopoe.webhooks.queue", "http://127.0.0.1:9/queue"); // nothing is put into it
        settings.put("hoopoe.webhooks.loopback", "true");
        var variables = new TreeMap<>(Settings.variables(settings));
        variables.putAll(Map.of(
                "AWS_REGION",
                LocalDynamo.REGION,
                "AWS_ACCESS_KEY_ID",
                "local",
                "AWS_SECRET_ACCESS_KEY",
                LocalDynamo.CREDENTIAL,
                "AWS_LAMBDA_FUNCTION_TIMEOUT",
                "60"));
        return variables;
    }

    private static String invoked(URI api, byte[] event) throws Exception {
        var client = HttpClient.newHttpClient();
        var request = HttpRequest.newBuilder(api.resolve("/2015-03-31/functions/function/invocations"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(event))
                .build();
        return Await.until(
                        "the emulator answers",
                        () -> {
                            try {
                                return Optional.of(client.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8)));
                            } catch (IOException notYet) {
                                return Optional.<HttpResponse<String>>empty();
                            }
                        },
                        Optional::isPresent)
                .orElseThrow()
                .body();
    }

    private static int free() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
