package hoopoe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code .ci/tools}, with a Python that does nothing but what is said here. */
class CiToolsTest {

    private static final String INSTALL =
            "set -euo pipefail; . .ci/tools; tool=\"$(python_tool sam)\"; echo \"installed $tool\"";

    @TempDir
    private Path folder;

    private record Result(int exit, String output) {}

    @BeforeEach
    void aShellIsThere() {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "no bash");
    }

    @Test
    void aToolIsInstalledOnce() throws Exception {
        python(
                "0",
                "mkdir -p \"$3/bin\"; printf '#!/bin/sh\\necho fetched >&2\\n' > \"$3/bin/pip\"; chmod +x \"$3/bin/pip\"");

        assertThat(run(INSTALL).output()).contains("fetched", "installed ");
        assertThat(run(INSTALL).output()).contains("installed ").doesNotContain("fetched");
    }

    /** Bash forgets -e in $(…), so what failed would be taken for complete ever after. */
    @Test
    void anInstallationThatFailsIsNone() throws Exception {
        python("0", "mkdir -p \"$3/bin\"; printf '#!/bin/sh\\nexit 1\\n' > \"$3/bin/pip\"; chmod +x \"$3/bin/pip\"");

        assertThat(run(INSTALL).exit()).isNotZero();
        assertThat(run(INSTALL).output()).doesNotContain("installed ");
        assertThat(completed()).isZero();
    }

    @Test
    void anOldPythonIsRefused() throws Exception {
        python("1", "mkdir -p \"$3/bin\"");

        assertThat(run(INSTALL).exit()).isNotZero();
        assertThat(completed()).isZero();
    }

    @Test
    void anEmulatorThatCannotBeHadIsNone() throws Exception {
        python("0", "exit 1");

        var result = run("set -euo pipefail; . .ci/tools; it=\"$(emulator)\"; echo \"there $it\"");

        assertThat(result.exit()).isNotZero();
        assertThat(result.output()).doesNotContain("there ");
    }

    /** What fails in $(…) as an argument of another command fails nothing. */
    @Test
    void whatIsInstalledIsInstalledBeforeItIsUsed() throws IOException {
        for (var script :
                new String[] {".ci/run", ".ci/lint", ".github/workflows/deploy.yml", ".github/workflows/native.yml"}) {
            assertThat(Files.readAllLines(Path.of(script)))
                    .filteredOn(line -> line.contains("$(python_tool") || line.contains("$(emulator"))
                    .isNotEmpty()
                    .allMatch(line -> line.strip().matches("\\w+=\"\\$\\((python_tool [\\w-]+|emulator)\\)\""));
        }
    }

    private long completed() throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.endsWith("complete")).count();
        }
    }

    /** @param old the exit of what asks for the version */
    private void python(String old, String otherwise) throws IOException {
        var script = Files.writeString(
                folder.resolve("python3"),
                "#!/bin/sh\nif [ \"$1\" = -c ]; then exit " + old + "; fi\n" + otherwise + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    private Result run(String command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder("/bin/bash", "-c", command).redirectErrorStream(true);
        builder.environment().merge("PATH", folder + ":", (path, first) -> first + path);
        builder.environment().put("XDG_CACHE_HOME", folder.toString());
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }
}
