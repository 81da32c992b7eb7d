package hoopoe.bench;

import hoopoe.local.gateway.Events;
import hoopoe.local.template.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code mvn -Pbench}: measures, keeps every measure as a JSON line under {@code target/bench} and prints the tables. */
public final class Bench {

    private static final Path FOLDER = Path.of("target", "bench");
    private static final Path KEPT = Path.of(System.getProperty("user.home"), ".cache", "hoopoe", "bench");
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Options options;
    private final Clock clock;

    private Bench(Options options, Clock clock) {
        this.options = options;
        this.clock = clock;
    }

    public static void main(String[] arguments) {
        // DynamoDB Local's; without a logging back end it would complain of that as an error.
        System.setProperty("log4j2.StatusLogger.level", "OFF");
        System.exit(status()); // whatever DynamoDB Local's threads still do
    }

    private static int status() {
        try {
            new Bench(Options.of(System.getProperties()), Clock.systemUTC()).run();
            return 0;
        } catch (IOException | InterruptedException | RuntimeException e) {
            e.printStackTrace();
            return 1;
        }
    }

    private void run() throws IOException, InterruptedException {
        var work = Files.createDirectories(FOLDER.resolve("work")).toAbsolutePath();
        var template = Template.read(Path.of("template.yaml"));
        var builds = new Builds(work, KEPT);
        var peers = Peers.gather(builds, template, options);
        peers.missing().forEach((peer, why) -> System.out.println(peer + " is missing: " + why));
        var began = clock.instant();
        var results = FOLDER.resolve(STAMP.format(began) + ".jsonl");
        try (var journal = new Journal(results)) {
            var scenarios = new Scenarios(new Events(template.functions()), clock);
            var stage = new Stage(builds.driver(), work, peers, scenarios, options, new Samples(), journal);
            report(results, new Report(stage).markdown(measure(stage, began)));
        }
    }

    /** @return what must be known of the run to read its figures */
    private Map<String, String> measure(Stage stage, Instant began) throws IOException, InterruptedException {
        var machine = Machine.here();
        var before = Machine.load();
        stage.journal().write(machine.line().put("began", began.toString()).put("load", before));
        stage.peers().all().forEach(peer -> stage.journal()
                .write(Journal.line("size")
                        .put("peer", peer.name())
                        .put("executable", peer.executable())
                        .put("zip", peer.zip())));
        new Starts(stage).run();
        new Warm(stage).run();
        var facts = new LinkedHashMap<String, String>();
        facts.put("Run of", began.toString());
        facts.put("commit", machine.git());
        facts.put("machine", machine.processor() + ", " + machine.cores() + " cores, " + machine.kernel());
        facts.put("Java of the JVM mode", machine.java());
        facts.put("load before and after", before + ", " + Machine.load());
        facts.put("seed", Long.toString(options.seed()));
        facts.put("N", Integer.toString(options.n()));
        facts.put("starts", options.rounds() + " rounds of " + options.starts() + " (JVM " + options.jvmStarts() + ")");
        return facts;
    }

    private void report(Path results, String tables) throws IOException {
        var file = Path.of(results.toString().replace(".jsonl", ".md"));
        Files.writeString(file, tables);
        System.out.println("\n" + tables + "\n" + results + "\n" + file);
        if (options.page()) {
            Page.write(Page.PERFORMANCE, tables);
            System.out.println(Page.PERFORMANCE);
        }
    }
}
