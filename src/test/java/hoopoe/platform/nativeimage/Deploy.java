package hoopoe.platform.nativeimage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** {@code infra/deploy} of a working copy, with a {@code sam} that only prints what it is asked for, and an {@code aws} that knows two things. */
final class Deploy {

    private static final String PRINTING = """
            #!/bin/sh
            printf '%s\\n' "$@"
            cat target/release.yaml
            """;

    private static final String KNOWING = """
            #!/bin/sh
            here="$(dirname "$0")"
            case "$1 $2" in
              "lambda get-account-settings") echo "{\\"AccountLimit\\": {\\"ConcurrentExecutions\\": $(cat "$here/limit")}}" ;;
              "cloudformation describe-stacks")
                if [ ! -e "$here/$4" ]; then
                  echo "An error occurred (ValidationError): Stack with id $4 does not exist" >&2
                  exit 254
                fi
                echo "{\\"Stacks\\": [{\\"StackStatus\\": \\"$(cat "$here/$4")\\"}]}" ;;
              *) echo "Unable to locate credentials" >&2; exit 253 ;;
            esac
            """;

    private final Path home;
    private final Path tools;

    Deploy(Path home, Path tools) throws IOException {
        this.home = home;
        this.tools = tools;
        tool("python3", "#!/bin/sh\nexec '" + python() + "' \"$@\"\n");
        tool("sam", PRINTING);
        tool("aws", KNOWING);
        limit(1000);
        for (var stage : List.of("dev", "stage", "prod")) {
            stack("hoopoe-" + stage, "UPDATE_COMPLETE");
        }
    }

    /** Itself: what stands for it in some places puts other tools before ours. */
    private static String python() throws IOException {
        var asked = new ProcessBuilder("python3", "-c", "import sys; print(sys.executable)").start();
        return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    private void tool(String name, String script) throws IOException {
        var file = Files.writeString(tools.resolve(name), script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    /** How many functions the AWS account runs at once. */
    void limit(int functions) throws IOException {
        Files.writeString(tools.resolve("limit"), Integer.toString(functions));
    }

    void stack(String name, String status) throws IOException {
        Files.writeString(tools.resolve(name), status);
    }

    void noStack(String name) throws IOException {
        Files.delete(tools.resolve(name));
    }

    /** @param output what {@code sam} was asked for, a line each, and the parameters it found; or why it was not asked */
    record Result(int exit, List<String> output) {}

    static boolean isPossible() {
        try {
            return new ProcessBuilder("python3", "-c", "import tomllib").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Result run(String... arguments) throws Exception {
        return run(tools + ":" + System.getenv("PATH"), arguments);
    }

    /** With no other tools than ours. */
    Result runAlone(String... arguments) throws Exception {
        return run(tools.toString(), arguments);
    }

    private Result run(String path, String[] arguments) throws Exception {
        var command = new ArrayList<>(List.of(home.resolve("infra/deploy").toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PATH", path);
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output.lines().toList());
    }

    /** The parameters that people cannot choose. */
    String parameters() throws IOException {
        return Files.readString(home.resolve("target/release.yaml"));
    }
}
