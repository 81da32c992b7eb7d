package hoopoe.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where it was measured; without that a figure says nothing. */
record Machine(String processor, int cores, String kernel, String java, String git) {

    static Machine here() throws IOException, InterruptedException {
        return new Machine(
                model(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                Runtime.version().toString(),
                commit());
    }

    /** Of the last minute, as {@code uptime} says it. */
    static String load() throws IOException {
        return Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0];
    }

    ObjectNode line() {
        return Journal.line("machine")
                .put("processor", processor)
                .put("cores", cores)
                .put("kernel", kernel)
                .put("java", java)
                .put("git", git);
    }

    private static String model() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.split(":", 2)[1].strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        }
    }

    private static String commit() throws IOException, InterruptedException {
        var git = Optional.of("git").flatMap(Tool::find);
        if (git.isEmpty() || !Files.exists(Path.of(".git"))) {
            return "unknown";
        }
        var hash = Tool.run(List.of(git.get().toString(), "rev-parse", "--short", "HEAD"), Map.of());
        var changes = Tool.run(List.of(git.get().toString(), "status", "--porcelain"), Map.of());
        return hash.strip() + (changes.isBlank() ? "" : " with changes");
    }
}
