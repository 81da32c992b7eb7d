package hoopoe.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import hoopoe.local.lambda.Launch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One function under {@code src/bench/c/driver.c}, which starts it, is its Runtime API and takes the time. */
final class Driver implements AutoCloseable {

    /** How the files of the function are found at its start. */
    enum Cache {
        WARM,
        EVICTED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final String name;
    private final Path log;
    private final Process process;
    private final OutputStream commands;
    private final BufferedReader lines;
    private JsonNode start = MissingNode.getInstance();

    Driver(Path program, Peer peer, Launch launch, Scenario scenario, Cache cache, Path folder) throws IOException {
        this.name = peer.name() + " " + scenario.name();
        this.log = folder.resolve(peer.name() + ".log");
        var command = new ArrayList<>(List.of(
                program.toString(), "-i", scenario.event(folder, peer.name()).toString()));
        command.addAll(
                List.of("-v", Variables.write(launch, folder, peer.name()).toString()));
        command.addAll(List.of("-d", launch.root().toString(), "-l", log.toString(), "-c", cache.word()));
        if (peer.isOurs()) {
            command.addAll(List.of("-x", scenario.expected()));
        }
        peer.files().forEach(file -> command.addAll(List.of("-f", file.toString())));
        command.add("--");
        command.addAll(launch.command());
        this.process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        this.commands = process.getOutputStream();
        this.lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Gives it so many events, one after the other. @return a line of kind {@code run} */
    JsonNode run(int count) throws IOException {
        commands.write(("run " + count + "\n").getBytes(StandardCharsets.US_ASCII));
        commands.flush();
        var line = line();
        if (line.path("line").asText().equals("start")) {
            start = line;
            line = line();
        }
        return line;
    }

    /** About its start; there after the first {@link #run}. */
    JsonNode start() {
        return start;
    }

    /** Kills it. @return what it has used, a line of kind {@code end} */
    JsonNode end() throws IOException {
        commands.close();
        return line();
    }

    @Override
    public void close() {
        process.destroy(); // its function dies with it
    }

    private JsonNode line() throws IOException {
        var text = lines.readLine();
        if (text == null) {
            throw new IllegalStateException(name + ": the driver ended, see " + log);
        }
        var line = Journal.JSON.readTree(text);
        if (line.path("line").asText().equals("broken")) {
            throw new IllegalStateException(name + ": " + line.path("why").asText() + ", see " + log);
        }
        return line;
    }
}
