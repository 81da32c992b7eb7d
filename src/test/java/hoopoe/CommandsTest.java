package hoopoe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What README tells people to type is what CI runs. */
class CommandsTest {

    @Test
    void ciRunsWhatReadmeSays() throws IOException {
        assertThat(read("README.md")).contains("\nmvn verify  ", "\nmvn verify -Dnative");
        assertThat(read(".ci/run").lines().map(CommandsTest::plain)).contains("mvn verify", "mvn verify -Dnative");
    }

    @Test
    void theWorkflowRunsItForBothArchitectures() throws IOException {
        Map<String, Object> workflow =
                new Yaml(new SafeConstructor(new LoaderOptions())).load(read(".github/workflows/native.yml"));
        var job = map(map(workflow, "jobs"), "native");

        assertThat(list(map(map(job, "strategy"), "matrix"), "include"))
                .extracting(entry -> entry.get("architecture"))
                .containsExactlyInAnyOrder("arm64", "x86_64");
        assertThat(list(job, "steps").stream()
                        .map(step -> step.get("run"))
                        .filter(Objects::nonNull)
                        .map(run -> plain(run.toString())))
                .contains("mvn verify -Dnative");
        assertThat(workflow.get("permissions")).isEqualTo(Map.of("contents", "read"));
    }

    /** Without what only a machine adds: how much is printed, and where its emulator lies. */
    private static String plain(String command) {
        return command.replace(" -B -ntp", "")
                .replaceFirst(" -Dhoopoe.emulator=.*", "")
                .strip();
    }

    private static String read(String file) throws IOException {
        return Files.readString(Path.of(file));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Map<String, Object> of, String name) {
        return (Map<String, Object>) of.get(name);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Map<String, Object> of, String name) {
        return (List<Map<String, Object>>) of.get(name);
    }
}
