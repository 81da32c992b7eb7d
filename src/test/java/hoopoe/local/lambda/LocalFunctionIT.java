package hoopoe.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.local.template.FunctionDefinition;
import hoopoe.local.template.Template;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LocalFunctionIT {

    private static final byte[] EVENT = "{\"version\":\"2.0\"}".getBytes(StandardCharsets.UTF_8);

    private final FunctionDefinition status =
            Template.read(Path.of("template.yaml")).function("status");
    private final Artifact artifact = Artifact.unpack(Path.of("target", "function.zip"));
    private final Workers workers = Workers.start(System.out::println);
    private LocalFunction function = start(status);

    @AfterEach
    void close() {
        function.close();
        workers.close();
    }

    @Test
    void answersThroughTheRuntimeApi() {
        long t = System.nanoTime();
        assertThat(await(function.invoke(EVENT))).isInstanceOf(Outcome.Returned.class);
        System.out.println("cold ms " + (System.nanoTime() - t) / 1_000_000);
        t = System.nanoTime();
        for (int i = 0; i < 20; i++) await(function.invoke(EVENT));
        System.out.println("warm ms " + (System.nanoTime() - t) / 20_000_000.0);
        assertThat(function.environments()).hasSize(1);
    }

    private Outcome await(CompletableFuture<Outcome> outcome) {
        return outcome.orTimeout(60, TimeUnit.SECONDS).join();
    }

    private LocalFunction start(FunctionDefinition definition) {
        return new LocalFunction(definition, artifact, Map.of(), workers);
    }
}
