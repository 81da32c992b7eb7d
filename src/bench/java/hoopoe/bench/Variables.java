package hoopoe.bench;

import hoopoe.local.lambda.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** A function's environment, as the driver reads it. */
final class Variables {

    private Variables() {}

    static Path write(Launch launch, Path folder, String peer) throws IOException {
        var lines = launch.variables().entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue() + "\n")
                .collect(Collectors.joining());
        return Files.writeString(folder.resolve(peer + ".env"), lines);
    }
}
