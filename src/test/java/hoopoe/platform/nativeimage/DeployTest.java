package hoopoe.platform.nativeimage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import hoopoe.config.AccountOption;
import hoopoe.config.Setting;
import hoopoe.provider.SmsProvider;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code infra/deploy} tells SAM of an artifact. */
class DeployTest {

    @TempDir
    private Path home;

    @TempDir
    private Path tools;

    private Deploy deploy;

    @BeforeEach
    void copy() throws IOException {
        assumeTrue(Deploy.isPossible(), "no Python");
        Files.createDirectories(home.resolve("infra"));
        Files.createDirectories(home.resolve("target"));
        for (var file : new String[] {"template.yaml", "infra/deploy", "infra/samconfig.toml", "infra/data.yaml"}) {
            Files.copy(Path.of(file), home.resolve(file));
        }
        deploy = new Deploy(home, tools);
    }

    @ParameterizedTest
    @CsvSource({"62, x86_64", "183, arm64"})
    void theTemplateIsToldWhatTheExecutableIsFor(short machine, String architecture) throws Exception {
        zip("bootstrap", executable(machine));

        assertThat(deploy.run("dev").exit()).isZero();
        assertThat(deploy.parameters()).contains("Architecture: " + architecture + "\n");
    }

    @Test
    void samIsAskedForAStageOfTheConfiguration() throws Exception {
        zip("bootstrap", executable((short) 62));

        assertThat(deploy.run("prod", "--no-confirm-changeset").output())
                .startsWith(
                        "deploy",
                        "--config-file",
                        home.toRealPath().resolve("infra/samconfig.toml").toString(),
                        "--config-env",
                        "prod",
                        "--no-confirm-changeset")
                .containsOnlyOnce("deploy");
    }

    /** A table that is protected cannot be taken back with the stack whose creation failed. */
    @Test
    void aTableIsProtectedWhenItsStackIsThere() throws Exception {
        zip("bootstrap", executable((short) 62));

        assertThat(protections("dev")).containsExactly("TableProtected: 'true'");

        for (var status : new String[] {"REVIEW_IN_PROGRESS", "ROLLBACK_COMPLETE"}) {
            deploy.stack("hoopoe-dev", status);
            assertThat(protections("dev")).containsExactly("TableProtected: 'false'", "TableProtected: 'true'");
        }
        deploy.noStack("hoopoe-dev");
        assertThat(protections("dev")).containsExactly("TableProtected: 'false'", "TableProtected: 'true'");
        assertThat(protections("dev", "--stack-name", "hoopoe-prod")).containsExactly("TableProtected: 'true'");
    }

    private List<String> protections(String... arguments) throws Exception {
        return deploy.run(arguments).output().stream()
                .filter(line -> line.startsWith("TableProtected"))
                .toList();
    }

    @Test
    void aCreationThatFailsIsNotFollowed() throws Exception {
        zip("bootstrap", executable((short) 62));
        deploy.noStack("hoopoe-dev");
        Files.writeString(tools.resolve("sam"), "#!/bin/sh\necho asked; exit 3\n");

        var result = deploy.run("dev");

        assertThat(result.exit()).isEqualTo(3);
        assertThat(result.output()).containsExactly("asked");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "100 |  0 |  0 | true",
                " 10 |  0 |  0 | true",
                "124 |  5 | 20 | false",
                "125 |  5 | 20 | true",
                " 10 |  1 |  0 | false"
            })
    void whatIsReservedIsThere(int limit, int dispatch, int callback, boolean fits) throws Exception {
        zip("bootstrap", executable((short) 62));
        deploy.limit(limit);

        var result = deploy.run(
                "dev",
                "--parameter-overrides",
                "DispatchConcurrency=" + dispatch,
                "CallbackConcurrency=" + callback,
                "--no-confirm-changeset");

        assertThat(result.output().contains("deploy")).isEqualTo(fits);
        assertThat(result.output().toString())
                .satisfies(said -> assertThat(said.contains("ask for more")).isEqualTo(!fits || limit < 100));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--parameter-overrides DispatchConcurrency=5",
                "--parameter-overrides=DispatchConcurrency=5",
                "--parameter-overrides 'RateLimit=10 DispatchConcurrency=5'",
                "--parameter-overrides ParameterKey=RateLimit,ParameterValue=10 ParameterKey=DispatchConcurrency,ParameterValue=5",
                "--parameter-overrides file://target/release.yaml file://infra/own.yaml",
                "--parameter-overrides file://infra/own.json"
            })
    void itIsFoundInEachFormThatSamTakes(String options) throws Exception {
        zip("bootstrap", executable((short) 62));
        deploy.limit(10);
        Files.writeString(home.resolve("infra/own.yaml"), "RateLimit: 10\nDispatchConcurrency: '5' # of 10\n");
        Files.writeString(home.resolve("infra/own.json"), "{\"RateLimit\": \"10\", \"DispatchConcurrency\": 5}");
        var words = Pattern.compile("'([^']*)'|(\\S+)")
                .matcher(options)
                .results()
                .map(word -> word.group(1) == null ? word.group(2) : word.group(1));

        var result = deploy.run(Stream.concat(Stream.of("dev"), words).toArray(String[]::new));

        assertThat(result.output()).singleElement().satisfies(said -> assertThat(said)
                .startsWith("DispatchConcurrency and CallbackConcurrency reserve 5, but this AWS account runs 10"));
    }

    @Test
    void noStageReservesWhatANewAccountLacks() throws Exception {
        zip("bootstrap", executable((short) 62));
        deploy.limit(10);

        for (var stage : new String[] {"dev", "stage", "prod"}) {
            assertThat(deploy.run(stage).exit()).as(stage).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{\"main\": {\"provider\": \"every8d\"}}                                      | ``",
                "{\"main\": {\"provider\": \"every8d\"}, \"b2\": {\"provider\": \"text421\"}} | ``",
                "{\"panel\": {\"provider\": \"smspanel\", \"url\": \"https://panel.example\"}} | ``",
                "{\"panel\": {\"provider\": \"smspanel\", \"from\": \"3000\"}}               | AccountsJson: panel needs a url: smspanel has none of its own",
                "{\"main\": {\"provider\": \"every8d\", \"typo\": \"opensesame\"}}            | AccountsJson: main has typo, which no account has",
                "{\"main\": {\"provider\": \"every8d\", \"soap_version\": \"1.2\"}}           | AccountsJson: main has soap_version, which no account has",
                "{\"main\": {\"provider\": \"every8d\", \"user\": \"opensesame\"}}            | AccountsJson: main has user, which belong in Secrets Manager",
                "{\"main\": {\"provider\": \"text421\", \"billing_key\": \"opensesame\", \"callback_tokens\": \"opensesame\"}} | AccountsJson: main has billing_key, callback_tokens, which belong in Secrets Manager",
                "{\"main\": {\"provider\": \"every8d\"}                                       | AccountsJson is not JSON",
                "[{\"provider\": \"every8d\"}]                                                | AccountsJson is not an object of objects",
                "{\"main\": \"every8d\"}                                                      | AccountsJson is not an object of objects",
                "{\"Main\": {\"provider\": \"every8d\"}}                                      | AccountsJson: the name of an account is [a-z][a-z0-9]{0,30}",
                "{\"main\": {\"provider\": \"evry8d\"}}                                       | AccountsJson: main needs a provider, which is one of every8d, smspanel, text421",
                "{\"main\": {}}                                                             | AccountsJson: main needs a provider, which is one of every8d, smspanel, text421",
                "{\"main\": {\"provider\": \"every8d\", \"dispatch-size\": 100}}              | AccountsJson: main has settings that are no texts",
                "{\"main\": {\"provider\": \"every8d\", \"password\": \"opensesame\"}}        | AccountsJson: main has password, which belong in Secrets Manager"
            })
    void accountsAreLookedAtBeforeAnythingIsDeployed(String accounts, String objection) throws Exception {
        zip("bootstrap", executable((short) 62));
        var config = home.resolve("infra/samconfig.toml");
        Files.writeString(
                config,
                Files.readString(config)
                        .replace(
                                "\"DeploymentType=AllAtOnce\",",
                                "\"AccountsJson='" + accounts.replace("\"", "\\\"")
                                        + "'\", \"DeploymentType=AllAtOnce\","));

        var output = deploy.run("dev").output();

        assertThat(output).doesNotContain("opensesame");
        if (objection.isEmpty()) {
            assertThat(output).startsWith("deploy");
        } else {
            assertThat(output).containsExactly(objection);
        }
    }

    @Test
    void accountsThatLambdaHasNoRoomForAreRefused() throws Exception {
        zip("bootstrap", executable((short) 62));
        var many = IntStream.range(0, 200)
                .mapToObj(n -> "\"a" + n + "\":{\"provider\":\"every8d\"}")
                .collect(Collectors.joining(",", "{", "}"));

        assertThat(deploy.run("dev", "--parameter-overrides", "AccountsJson=" + many)
                        .output())
                .containsExactly("AccountsJson is longer than the 3500 bytes that Lambda has room for");
    }

    /** What is looked at here is what functions read. */
    @Test
    void providersAreThoseThatThereAre() throws Exception {
        var there = new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("hoopoe.provider")
                        .stream()
                        .filter(type ->
                                type.isAssignableTo(SmsProvider.class) && type.isAnnotatedWith(ApplicationScoped.class))
                        .map(type -> type.getPackageName().replaceFirst(".*\\.", ""))
                        .sorted()
                        .map(name -> '"' + name + '"')
                        .collect(Collectors.joining(", ", "PROVIDERS = [", "]"));

        assertThat(Files.readString(home.resolve("infra/deploy"))).contains(there);
    }

    /** As above. */
    @Test
    void settingsAreThoseThatThereAre() throws Exception {
        zip("bootstrap", executable((short) 62));
        var all = Stream.concat(
                        Stream.of(Setting.ACCOUNT_PROVIDER, Setting.ACCOUNT_URL).map(Setting::lastWord),
                        Stream.of(AccountOption.values()).map(AccountOption::key))
                .map(key -> "\"" + key + "\":\"every8d\"")
                .collect(Collectors.joining(",", "{\"main\":{", "}}"));

        assertThat(deploy.run("dev", "--parameter-overrides", "AccountsJson=" + all)
                        .output())
                .startsWith("deploy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"live", "version"})
    void aStageThatNobodyConfiguredIsRefused(String stage) throws Exception {
        zip("bootstrap", executable((short) 62));

        assertThat(deploy.run(stage).output())
                .containsExactly("infra/samconfig.toml has no [" + stage + ".deploy.parameters], but dev, stage, prod");
    }

    @Test
    void aConfigurationThatIsNoneIsSaidInALine() throws Exception {
        zip("bootstrap", executable((short) 62));
        Files.writeString(home.resolve("infra/samconfig.toml"), "[dev\n");

        var result = deploy.run("dev");

        assertThat(result.exit()).isOne();
        assertThat(result.output()).singleElement().asString().startsWith("infra/samconfig.toml is not TOML: ");
    }

    @Test
    void aConcurrencyThatIsNoNumberIsSaidInALine() throws Exception {
        zip("bootstrap", executable((short) 62));

        var result = deploy.run("dev", "--parameter-overrides", "DispatchConcurrency=five");

        assertThat(result.exit()).isOne();
        assertThat(result.output()).containsExactly("DispatchConcurrency is no whole number");
    }

    @Test
    void whoHasNoSamIsToldSo() throws Exception {
        zip("bootstrap", executable((short) 62));
        Files.delete(tools.resolve("sam"));

        var result = deploy.runAlone("dev");

        assertThat(result.exit()).isOne();
        assertThat(result.output()).containsExactly("infra/deploy needs the AWS SAM CLI, which is sam");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "dev --help", "dev -h"})
    void helpDoesNothingElse(String arguments) throws Exception {
        Files.delete(tools.resolve("aws"));
        Files.delete(tools.resolve("sam"));

        var result = deploy.runAlone(arguments.split(" "));

        assertThat(result.exit()).isZero();
        assertThat(result.output().get(0)).startsWith("infra/deploy ENVIRONMENT [OPTION...]: ");
    }

    @Test
    void aJvmArtifactIsRefused() throws Exception {
        zip("hoopoe/api/send/SendFunction.class", new byte[20]);

        var result = deploy.run("dev");

        assertThat(result.exit()).isOne();
        assertThat(result.output())
                .containsExactly("target/function.zip holds no executable; mvn verify -Dnative makes one");
    }

    @Test
    void aMachineThatLambdaLacksIsRefused() throws Exception {
        zip("bootstrap", executable((short) 243));

        assertThat(deploy.run("dev").exit()).isOne();
    }

    @Test
    void aReleaseIsTheSameUntilSomethingDiffers() throws Exception {
        zip("bootstrap", executable((short) 62));
        var first = release("dev");

        assertThat(release("dev")).isEqualTo(first);
        assertThat(release("stage")).isNotEqualTo(first);
        assertThat(release("dev", "--parameter-overrides", "RateLimit=1")).isNotEqualTo(first);
        for (var file : new String[] {"template.yaml", "infra/samconfig.toml", "infra/data.yaml"}) {
            var before = release("dev");
            Files.writeString(home.resolve(file), Files.readString(home.resolve(file)) + "# changed\n");
            assertThat(release("dev")).as(file).isNotEqualTo(before);
        }
    }

    private String release(String... arguments) throws Exception {
        assertThat(deploy.run(arguments).exit()).isZero();
        return deploy.parameters();
    }

    private static byte[] executable(short machine) {
        return ByteBuffer.allocate(64)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0, 0x464c457f)
                .putShort(18, machine)
                .array();
    }

    private void zip(String name, byte[] content) throws IOException {
        try (var zip = new ZipOutputStream(Files.newOutputStream(home.resolve("target/function.zip")))) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
        }
    }
}
