package hoopoe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Rules for every workflow. */
class WorkflowPolicyTest {

    private static final Path FOLDER = Path.of(".github", "workflows");

    /** A commit with its version beside it, or a workflow of this repository. */
    private static final Pattern PINNED = Pattern.compile(
            "([\\w.-]+/[\\w.-]+)@[0-9a-f]{40} # v(\\d+)(\\.\\d+){2}|\\./\\.github/workflows/\\w+\\.yml");

    /** The first major that runs on Node 24, which is the only one on GitHub's machines since September 2026. */
    private static final Map<String, Integer> ON_NODE_24 = Map.of(
            "actions/checkout", 5,
            "actions/download-artifact", 7,
            "actions/setup-java", 5,
            "actions/setup-python", 6,
            "actions/upload-artifact", 6,
            "aws-actions/configure-aws-credentials", 6,
            "graalvm/setup-graalvm", 1);

    /** The C library of these is newer than Lambda's. */
    private static final Set<String> MACHINES = Set.of("ubuntu-24.04", "ubuntu-24.04-arm");

    static Stream<Path> workflows() throws IOException {
        try (var files = Files.list(FOLDER)) {
            return files.toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void whatItUsesIsPinned(Path workflow) throws IOException {
        assertThat(used(workflow)).isNotEmpty().allMatch(used -> PINNED.matcher(used)
                .matches());
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void whatItUsesRunsOnTheNodeThatThereIs(Path workflow) throws IOException {
        assertThat(used(workflow).map(PINNED::matcher).filter(Matcher::matches).filter(used -> used.group(1) != null))
                .isNotEmpty()
                .allSatisfy(used -> assertThat(Integer.parseInt(used.group(2)))
                        .as(used.group())
                        .isGreaterThanOrEqualTo(ON_NODE_24.get(used.group(1))));
    }

    private static Stream<String> used(Path workflow) throws IOException {
        return Files.readAllLines(workflow).stream()
                .map(line -> line.strip().replaceFirst("^- ", ""))
                .filter(line -> line.startsWith("uses:"))
                .map(line -> line.substring("uses:".length()).strip());
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void itsMachinesAreThoseThatWeKnow(Path workflow) throws IOException {
        for (var job : jobs(workflow).values()) {
            var machine = job.getOrDefault("runs-on", "ubuntu-24.04").toString();
            assertThat(machine.startsWith("${{ matrix.") ? runners(job) : Set.of(machine))
                    .isSubsetOf(MACHINES);
        }
    }

    /** An executable asks for the C library that it was linked with. */
    @ParameterizedTest
    @MethodSource("workflows")
    void whatIsBuiltIsBuiltWhereLambdasLibraryIs(Path workflow) throws IOException {
        assertThat(jobs(workflow).values())
                .filteredOn(job ->
                        job.toString().contains("-Dnative") || job.toString().contains(".ci/run"))
                .allSatisfy(job -> assertThat(job.get("env"))
                        .isEqualTo(Map.of("MAVEN_ARGS", "-Dquarkus.native.container-build=true")));
    }

    /** The tools that .ci/tools installs want a Python that not every machine has. */
    @ParameterizedTest
    @MethodSource("workflows")
    void whoNeedsPythonSaysWhichOne(Path workflow) throws IOException {
        assertThat(jobs(workflow).values())
                .filteredOn(job -> job.toString().contains(".ci/"))
                .allMatch(job -> job.toString().contains("uses=actions/setup-python@"));
    }

    @SuppressWarnings("unchecked")
    private static Set<String> runners(Map<String, Object> job) {
        var strategy = (Map<String, Map<String, List<Map<String, String>>>>) job.get("strategy");
        return strategy.get("matrix").get("include").stream()
                .map(one -> one.get("runner"))
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void itMayReadAndNoMore(Path workflow) throws IOException {
        assertThat(read(workflow).get("permissions")).isEqualTo(Map.of("contents", "read"));
    }

    /** A workflow that runs a fork's code gets no secrets of this repository. */
    @ParameterizedTest
    @MethodSource("workflows")
    void aForkGetsNothing(Path workflow) throws IOException {
        assertThat(Files.readString(workflow))
                .doesNotContain("pull_request_target", "secrets.", "workflow_run", "aws-access-key-id");
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void nothingIsPastedIntoAShell(Path workflow) throws IOException {
        assertThat(steps(workflow).map(step -> step.getOrDefault("run", "").toString()))
                .noneMatch(run -> run.contains("${{ github.") || run.contains("${{ inputs."));
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void theTokenIsNotLeftBehind(Path workflow) throws IOException {
        assertThat(steps(workflow)
                        .filter(step -> step.getOrDefault("uses", "").toString().startsWith("actions/checkout@")))
                .allMatch(step -> Map.of("persist-credentials", false).equals(step.get("with")));
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void itEnds(Path workflow) throws IOException {
        assertThat(jobs(workflow).values())
                .allMatch(job -> job.containsKey("timeout-minutes") || job.containsKey("uses"));
    }

    @Test
    void onlyTheDeploymentCanSignIn() throws IOException {
        var signing = Map.of("contents", "read", "id-token", "write");
        for (var workflow : workflows().toList()) {
            for (var job : jobs(workflow).entrySet()) {
                var own = job.getValue().get("permissions");
                assertThat(own)
                        .as(workflow + " " + job.getKey())
                        .isEqualTo(job.getKey().equals("deploy") ? signing : null);
            }
        }
    }

    @Test
    void whatIsDeployedWasBuiltAndTestedInTheSameRun() throws IOException {
        var jobs = jobs(FOLDER.resolve("deploy.yml"));

        assertThat(jobs.get("deploy")).containsEntry("needs", "native");
        assertThat(jobs.get("native")).containsEntry("uses", "./.github/workflows/native.yml");
    }

    /** GitHub names owner and repository with their numbers where a repository was made or renamed since 15 July 2026. */
    @Test
    void onlyOneEnvironmentsJobsBecomeTheRole() throws IOException {
        var condition = role("trust").at("/Statement/0/Condition");

        assertThat(condition.properties()).hasSize(1);
        assertThat(condition.path("StringEquals").findValuesAsText("token.actions.githubusercontent.com:aud"))
                .containsExactly("sts.amazonaws.com");
        assertThat(condition.at("/StringEquals/token.actions.githubusercontent.com:sub"))
                .extracting(JsonNode::asText)
                .containsExactly(
                        "repo:OWNER@OWNER_ID/REPOSITORY@REPOSITORY_ID:environment:STAGE",
                        "repo:OWNER/REPOSITORY:environment:STAGE");
        assertThat(jobs(FOLDER.resolve("deploy.yml")).get("deploy")).containsKey("environment");
    }

    /** "IAM and AWS STS quotas": a policy in a role, without blanks. */
    @Test
    void whoDeploysMayWhatItSays() throws IOException {
        var statements = role("permissions").path("Statement");

        assertThat(statements.findValues("Action")).isNotEmpty().noneMatch(actions -> actions.toString()
                .contains("*"));
        assertThat(statements)
                .filteredOn(statement -> statement.path("Action").toString().contains("\"iam:"))
                .extracting(statement -> statement.path("Resource").toString())
                .containsExactly(
                        "[\"arn:aws:iam::ACCOUNT:role/hoopoe-STAGE-*\"]",
                        "[\"arn:aws:iam::ACCOUNT:role/aws-service-role/ops.apigateway.amazonaws.com/AWSServiceRoleForAPIGateway\"]");
        assertThat(role("permissions").toString()).hasSizeLessThan(10_240);
    }

    /** A bill of materials is of what was built. */
    @Test
    void whatWasBuiltIsKeptWithWhatIsInIt() throws IOException {
        assertThat(steps(FOLDER.resolve("native.yml"))
                        .filter(step -> step.getOrDefault("uses", "").toString().startsWith("actions/upload-artifact@"))
                        .map(step -> step.get("with").toString()))
                .singleElement()
                .asString()
                .contains("target/function.zip", "target/bom.json");
    }

    @Test
    void stagesAreThoseOfTheConfiguration() throws IOException {
        var stages = Pattern.compile("(?m)^\\[(\\w+)\\.deploy\\.parameters]")
                .matcher(Files.readString(Path.of("infra", "samconfig.toml")))
                .results()
                .map(stage -> stage.group(1))
                .collect(Collectors.joining(", ", "[", "]"));

        assertThat(Files.readString(FOLDER.resolve("deploy.yml"))).contains("options: " + stages);
    }

    @Test
    void nothingThatIsPinnedRots() throws IOException {
        var updates = (List<?>) read(Path.of(".github", "dependabot.yml")).get("updates");

        assertThat(updates)
                .extracting(update ->
                        ((Map<?, ?>) update).get("package-ecosystem") + " " + ((Map<?, ?>) update).get("directory"))
                .containsExactlyInAnyOrder("maven /", "github-actions /", "pip /.ci/python");
        assertThat(Path.of(".ci", "python")).isNotEmptyDirectory();
    }

    @Test
    void theBuildServerRunsTheSameScript() throws IOException {
        assertThat(steps(FOLDER.resolve("ci.yml")).map(step -> step.get("run"))).contains(".ci/run");
    }

    private static JsonNode role(String file) throws IOException {
        return new ObjectMapper()
                .readTree(Path.of("infra", "deploy-role", file + ".json").toFile());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Map<String, Object>> jobs(Path workflow) throws IOException {
        return (Map<String, Map<String, Object>>) read(workflow).get("jobs");
    }

    @SuppressWarnings("unchecked")
    private static Stream<Map<String, Object>> steps(Path workflow) throws IOException {
        return jobs(workflow).values().stream()
                .flatMap(job -> ((List<Map<String, Object>>) job.getOrDefault("steps", List.of())).stream());
    }

    private static Map<Object, Object> read(Path workflow) throws IOException {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(workflow));
    }
}
