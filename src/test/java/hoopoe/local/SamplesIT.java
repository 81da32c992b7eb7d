package hoopoe.local;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.local.lambda.Outcome;
import hoopoe.local.template.FunctionDefinition;
import hoopoe.local.template.Template;
import hoopoe.testing.Samples;
import hoopoe.testing.SharedStack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The events of {@code infra/events}, which {@code sam local invoke} takes, before the packaged artifact. */
@ExtendWith(SharedStack.Extension.class)
class SamplesIT {

    private final Stack stack;

    SamplesIT(SharedStack shared) {
        stack = shared.stack();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void aFunctionAnswersItsSample(String function) throws Exception {
        var outcome = stack.invoke(function, Samples.of(function));

        assertThat(outcome).isInstanceOf(Outcome.Returned.class);
        assertThat(outcome.toString()).contains(Samples.ANSWERS.get(function));
    }

    @Test
    void everyFunctionHasASample() throws Exception {
        try (var files = Files.list(Path.of("infra", "events"))) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".json", "")))
                    .containsExactlyInAnyOrderElementsOf(exports());
        }
        assertThat(Samples.ANSWERS.keySet()).isEqualTo(exports());
    }

    static Stream<String> functions() {
        return Samples.ANSWERS.keySet().stream().sorted();
    }

    private static Set<String> exports() {
        return Template.read(Path.of("template.yaml")).functions().stream()
                .map(FunctionDefinition::export)
                .collect(Collectors.toSet());
    }
}
