package hoopoe.nativeimage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** {@code infra/deploy} of a working copy, with a {@code sam} that only prints what it is asked for. */
final class Deploy {

    private static final String PRINTING = "#!/bin/sh\nprintf '%s\\n' \"$@\"\n";

    private final Path home;
    private final Path tools;

    Deploy(Path home, Path tools) throws IOException {
        this.home = home;
        this.tools = tools;
        var sam = Files.writeString(tools.resolve("sam"), PRINTING);
        Files.setPosixFilePermissions(sam, PosixFilePermissions.fromString("rwx------"));
    }

    /** @param output what {@code sam} was asked for, a line each, or why it was not asked */
    record Result(int exit, List<String> output) {}

    static boolean isPossible() {
        try {
            return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Result run(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(home.resolve("infra/deploy").toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().merge("PATH", tools + ":", (path, first) -> first + path);
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output.lines().toList());
    }

    /** The parameters that are nobody's to choose. */
    String parameters() throws IOException {
        return Files.readString(home.resolve("target/release.yaml"));
    }
}
