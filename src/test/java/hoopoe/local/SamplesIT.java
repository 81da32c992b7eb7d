package hoopoe.local;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.local.lambda.Outcome;
import hoopoe.local.template.FunctionDefinition;
import hoopoe.local.template.Template;
import hoopoe.testing.SampleFixture;
import hoopoe.testing.Samples;
import hoopoe.testing.Samples.Sample;
import hoopoe.testing.SharedStack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The events of {@code infra/events}, which {@code sam local invoke} takes, before the packaged artifact. */
@ExtendWith(SharedStack.Extension.class)
class SamplesIT {

    private final SharedStack shared;

    SamplesIT(SharedStack shared) {
        this.shared = shared;
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aFunctionDoesWhatItsSampleAsks(Sample sample) throws Exception {
        var stack = shared.stack();
        var scene = new SampleFixture(stack.dynamo().client(), stack.table(), shared.tenant(SharedStack.DEFAULT));
        try {
            sample.before().on(scene);

            var outcome = stack.invoke(sample.function(), sample.event());

            assertThat(outcome).isInstanceOf(Outcome.Returned.class);
            assertThat(outcome.toString()).contains(sample.answer());
            sample.after().on(scene);
        } finally {
            scene.clear();
        }
    }

    @Test
    void everyFileIsTried() throws Exception {
        try (var files = Files.list(Path.of("infra", "events"))) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".json", "")))
                    .containsExactlyInAnyOrderElementsOf(
                            samples().stream().map(Sample::name).toList());
        }
    }

    @Test
    void everyFunctionHasASampleAndEveryRouteThatIsNoQuestion() {
        var functions = Template.read(Path.of("template.yaml")).functions();

        assertThat(samples())
                .extracting(Sample::function)
                .containsAll(functions.stream().map(FunctionDefinition::export).toList());
        assertThat(samples().stream().map(Sample::route))
                .containsAll(functions.stream()
                        .flatMap(function -> function.routes().stream())
                        .filter(route -> !route.method().equals("GET"))
                        .map(route -> route.key())
                        .toList());
    }

    static List<Sample> samples() {
        return Samples.all();
    }
}
