package hoopoe.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The practices of {@code template.yaml} and the nested stacks, each with its name, and that each test fails without its practice.
 * {@code .ci/lint} tests the others: cfn-lint has the runtime (W2531, W2533) and the API's limits (ES2003), checkov the table's recovery
 * (CKV_AWS_28) and the retention of logs (CKV_AWS_66), {@code src/local/python/sam_check.py} roles, routes, the alias and deployments.
 */
class TemplatePolicyTest {

    private static final int LINES = 280;

    private final Documents ours = Documents.ours();

    static List<Practice> practices() {
        return Stream.of(
                        FunctionPractices.all(),
                        ApiPractices.all(),
                        FailurePractices.all(),
                        DataPractices.all(),
                        DeploymentPractices.all())
                .flatMap(List::stream)
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("practices")
    void isKept(Practice practice) {
        assertThat(practice.kept().test(ours)).as(practice.name()).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("practices")
    void isMissedAloneWhereItIsLost(Practice practice) {
        assertThat(practice.lost()).isNotEmpty().allSatisfy(lost -> assertThat(missed(lost.apply(ours)))
                .containsExactly(practice.name()));
    }

    private static Stream<String> missed(Documents documents) {
        return practices().stream()
                .filter(practice -> !practice.kept().test(documents))
                .map(Practice::name);
    }

    /** {@code sam local --env-vars} sets no variable that the template does not name. */
    @Test
    void theLocalExampleSetsWhatCanBeSet() throws IOException {
        var example = new ObjectMapper()
                .readTree(Path.of("infra", "local-env.example.json").toFile());

        assertThat(example.path("Parameters").fieldNames())
                .toIterable()
                .isNotEmpty()
                .isSubsetOf(() -> ours.at("/template/Globals/Function/Environment/Variables")
                        .fieldNames());
    }

    @Test
    void theTemplateCanBeReadInOneGo() throws IOException {
        assertThat(Files.readAllLines(Path.of("template.yaml"))).hasSizeLessThanOrEqualTo(LINES);
    }
}
