package hoopoe.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.local.template.FunctionDefinition;
import hoopoe.local.template.Template;
import hoopoe.testing.Samples;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LocalFunctionIT {

    private static final byte[] EVENT = "{\"version\":\"2.0\"}".getBytes(StandardCharsets.UTF_8);

    private final FunctionDefinition status =
            Template.read(Path.of("template.yaml")).function("status");
    private final Artifact artifact = Artifact.unpack(Path.of("target", "function.zip"));
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final Workers workers = Workers.start(log::add);
    private @Nullable LocalFunction function;

    @AfterEach
    void close() {
        if (function != null) {
            function.close();
        }
        workers.close();
    }

    @Test
    void oneEnvironmentServesOneEventAfterTheOther() {
        var function = start(status, Map.of());

        assertThat(await(function.invoke(EVENT))).isInstanceOf(Outcome.Returned.class);
        assertThat(await(function.invoke(EVENT))).isInstanceOf(Outcome.Returned.class);
        assertThat(function.environments()).hasSize(1);
    }

    @Test
    void manyEventsShareFewEnvironments() {
        var function = start(status, Map.of());

        var outcomes =
                IntStream.range(0, 60).mapToObj(i -> function.invoke(EVENT)).toList();

        assertThat(outcomes).allSatisfy(outcome -> assertThat(await(outcome)).isInstanceOf(Outcome.Returned.class));
        assertThat(function.environments()).hasSizeBetween(2, artifact.isNative() ? 50 : 4);
    }

    /** With Quarkus' own loop an exception ends a native process, for want of a class that it reports by. */
    @Test
    void anEventThatIsNoneFailsAloneAndItsEnvironmentLives() {
        var function = start(status, Map.of());

        assertThat(await(function.invoke("[1]".getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(Outcome.Failed.class);
        var environment = function.environments();
        assertThat(environment).hasSize(1);

        assertThat(await(function.invoke(EVENT))).isInstanceOf(Outcome.Returned.class);
        assertThat(function.environments()).isEqualTo(environment);
        assertThat(log).noneMatch(line -> line.contains("[1]"));
    }

    /** Its database takes the connection and never answers. */
    @Test
    void whatTakesTooLongIsEnded() throws Exception {
        var hasty = new FunctionDefinition(
                "status", Duration.ofSeconds(1), 128, status.environment(), List.of(), List.of(), List.of(), List.of());
        try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var settings = Map.of("QUARKUS_DYNAMODB_ENDPOINT_OVERRIDE", "http://127.0.0.1:" + silent.getLocalPort());

            assertThat(await(start(hasty, settings).invoke(Samples.of("status"))))
                    .isEqualTo(new Outcome.Failed("Sandbox.Timedout", "Task timed out after 1 seconds"));
        }
    }

    @Test
    void anEnvironmentKilledBeforeItIsReadyIsReplaced() {
        var function = start(status, Map.of());
        var outcome = function.invoke(EVENT);
        var first = function.environments();

        function.kill();

        assertThat(await(outcome)).isInstanceOf(Outcome.Returned.class);
        assertThat(function.environments()).isNotEmpty().doesNotContainAnyElementsOf(first);
    }

    @Test
    void aFunctionThatCannotStartFailsItsEvents() {
        var function = start(status, Map.of("QUARKUS_FUNQY_EXPORT", "none"));

        assertThat(await(function.invoke(EVENT))).isInstanceOf(Outcome.Failed.class);
        assertThat(log).anyMatch(line -> line.contains("does not match a function"));
    }

    private LocalFunction start(FunctionDefinition definition, Map<String, String> settings) {
        function = new LocalFunction(definition, artifact, settings, workers);
        return function;
    }

    private static Outcome await(CompletableFuture<Outcome> outcome) {
        return outcome.orTimeout(60, TimeUnit.SECONDS).join();
    }
}
