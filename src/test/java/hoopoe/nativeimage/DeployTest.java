package hoopoe.nativeimage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
                .containsExactly(
                        "deploy",
                        "--config-file",
                        home.toRealPath().resolve("infra/samconfig.toml").toString(),
                        "--config-env",
                        "prod",
                        "--no-confirm-changeset");
    }

    @Test
    void aJvmArtifactIsRefused() throws Exception {
        zip("hoopoe/send/SendFunction.class", new byte[20]);

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
