package hoopoe.platform.nativeimage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hoopoe.local.lambda.Artifact;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The executable in {@code function.zip}, looked at from outside. */
class ExecutableIT {

    private static final Path ZIP = Path.of("target", "function.zip");
    private static final Pattern GLIBC = Pattern.compile("GLIBC_2\\.(\\d+)(\\.\\d+)?");

    /** Lambda's provided.al2023 has glibc 2.34. */
    private static final int NEWEST = 34;

    private static final long MB = 1_000_000;

    private final Artifact artifact = Artifact.unpack(ZIP);
    private final Path executable = artifact.root().resolve("bootstrap");

    @BeforeEach
    void isThere() {
        assumeTrue(artifact.isNative(), "a JVM artifact has no executable");
    }

    @Test
    void itAsksForNoNewerLibraryThanLambdaHas() throws Exception {
        var versions = new Elf(executable)
                .dynamicStrings().stream()
                        .map(GLIBC::matcher)
                        .flatMap(match ->
                                match.matches() ? Stream.of(match.toMatchResult()) : Stream.<MatchResult>empty())
                        .map(match -> Integer.parseInt(match.group(1)))
                        .toList();

        assertThat(versions).isNotEmpty().allMatch(version -> version <= NEWEST);
    }

    @Test
    void itIsForAMachineThatLambdaHas() throws Exception {
        assertThat(new Elf(executable).architecture()).isIn("arm64", "x86_64");
    }

    /** The template's default is another machine than this may have been built on. */
    @Test
    void itIsDeployedAsWhatItIs(@TempDir Path tools) throws Exception {
        assumeTrue(Deploy.isPossible(), "no Python");
        var deploy = new Deploy(Path.of("").toAbsolutePath(), tools);

        assertThat(deploy.run("dev").output()).contains("deploy", "dev");
        assertThat(deploy.parameters()).contains("Architecture: " + new Elf(executable).architecture() + "\n");
    }

    /**
     * What is loaded is what a start costs: one megabyte more is 1.3 ms on a cold machine (src/site/native.md). An instruction of
     * arm64 has four bytes, so its code is longer; it was never built here, and its bound stops only what is plainly wrong.
     */
    @Test
    void itStaysSmall() throws Exception {
        var arm64 = new Elf(executable).architecture().equals("arm64");

        assertThat(Files.size(executable)).isLessThan((arm64 ? 78 : 69) * MB);
        assertThat(Files.size(ZIP)).isLessThan(arm64 ? 27_000_000 : 23_500_000);
    }

    /** Lambda's own format: the executable alone, under this name. */
    @Test
    void theZipHoldsNothingElse() throws Exception {
        try (var zip = new ZipFile(ZIP.toFile())) {
            assertThat(zip.stream().map(entry -> entry.getName())).containsExactly("bootstrap");
        }
    }
}
