package hoopoe.bench;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The run's tables, as Markdown. */
final class Report {

    private static final double MICRO = 1e3;
    private static final double MILLI = 1e6;
    private static final double MEGA = 1e6;
    private static final double KIBI = 1024;

    private final Stage stage;
    private final Samples samples;
    private final Targets targets;

    Report(Stage stage) {
        this.stage = stage;
        this.samples = stage.samples();
        this.targets = new Targets(stage);
    }

    /** @param facts about the machine and the run, by their names */
    String markdown(Map<String, String> facts) {
        return Stream.of(facts(facts), missing(), wanted(), starts(), warm(), memory(), sizes())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    private static String facts(Map<String, String> facts) {
        return facts.entrySet().stream()
                .map(fact -> fact.getKey() + ": " + fact.getValue())
                .collect(Collectors.joining(" · ", "", "\n"));
    }

    private String missing() {
        return stage.peers().missing().entrySet().stream()
                .map(one -> "- **" + one.getKey() + " is missing**: " + one.getValue() + "\n")
                .collect(Collectors.joining());
    }

    private String wanted() {
        return "### Targets\n\n| figure | reached | 95 % interval | must | stretch | |\n|---|---|---|---|---|---|\n"
                + targets.all().stream().map(Target::row).collect(Collectors.joining());
    }

    private String starts() {
        return Targets.starts().map(this::starts).collect(Collectors.joining("\n"));
    }

    private String starts(String part) {
        return "### Start, files " + (part.endsWith("warm") ? "in" : "evicted from") + " the page cache\n\n"
                + samples.rounds(part) + ". First event: a send of 1; the no-ops do not look at it.\n\n"
                + "| peer | exec → first `/next`, ms (least) | ÷ Go (95 %) | first invocation, ms | exec → first answer, ms "
                + "| CPU to `/next`, ms | ÷ Go (95 %) | CPU to first answer, ms | RSS, MB | faults, minor / major | still cached |\n"
                + "|---|---|---|---|---|---|---|---|---|---|---|\n"
                + measured(part).map(peer -> start(part, peer)).collect(Collectors.joining());
    }

    private String start(String part, Peer peer) {
        var name = peer.name();
        return row(
                peer.title(),
                median(part, name, "next", MILLI) + " (" + Target.number(samples.least(part, name, "next") / MILLI)
                        + ")",
                toGo(part, name, "next"),
                median(part, name, "first", MILLI),
                median(part, name, "answer", MILLI),
                median(part, name, "next_cpu", MILLI),
                toGo(part, name, "next_cpu"),
                median(part, name, "answer_cpu", MILLI),
                median(part, name, "rss", MEGA / KIBI),
                median(part, name, "minor_faults", 1) + " / " + median(part, name, "major_faults", 1),
                median(part, name, "cached", 0.01) + " %");
    }

    private String toGo(String part, String peer, String metric) {
        return targets.ratio(part, metric, peer, Peer.GO)
                .map(ratio -> "%s (%s – %s)"
                        .formatted(
                                Target.number(ratio.value()), Target.number(ratio.low()), Target.number(ratio.high())))
                .orElse("–");
    }

    private String warm() {
        return "### Warm\n\nOne process a peer. µs from the event to the answer, CPU of the whole cycle; both medians of "
                + stage.options().slices()
                + " slices. DynamoDB Local and the simulated provider are other processes' time: "
                + "in µs, not in CPU.\n\n| what | peer | invocations | p50, µs | p99, µs | CPU, µs | failures | rounds |\n"
                + "|---|---|---|---|---|---|---|---|\n"
                + Scenarios.names().stream().map(this::warm).collect(Collectors.joining());
    }

    private String warm(String scenario) {
        var part = Warm.part(scenario);
        return measured(part)
                .map(peer -> row(
                        scenario,
                        peer.title(),
                        Integer.toString(invocations(scenario)),
                        median(part, peer.name(), "p50", MICRO),
                        median(part, peer.name(), "p99", MICRO),
                        median(part, peer.name(), "cpu", MICRO),
                        Target.number(sum(part, peer.name(), "failures")),
                        samples.rounds(part)))
                .collect(Collectors.joining());
    }

    private String memory() {
        var marks = Warm.marks(stage.options());
        return "### Memory\n\nRSS in MB after a quarter, a half and all of the invocations above.\n\n"
                + "| what | peer | a quarter | a half | all |\n|---|---|---|---|---|\n"
                + Scenarios.names().stream().map(name -> memory(name, marks)).collect(Collectors.joining());
    }

    private String memory(String scenario, List<Integer> marks) {
        var part = Warm.part(scenario);
        return measured(part)
                .map(peer -> "| " + scenario + " | " + peer.title() + " | "
                        + marks.stream()
                                .map(mark -> Statistics.median(samples.round(part, peer.name(), "rss", mark)))
                                .map(kib -> Target.number(kib * KIBI / MEGA))
                                .collect(Collectors.joining(" | "))
                        + " |\n")
                .collect(Collectors.joining());
    }

    private String sizes() {
        return "### Size\n\nMB are 10⁶ bytes.\n\n| peer | executable, MB | zip, MB |\n|---|---|---|\n"
                + stage.peers().all().stream()
                        .map(peer -> row(
                                peer.title(),
                                peer.executable() == 0 ? "–" : Target.number(peer.executable() / MEGA),
                                Target.number(peer.zip() / MEGA)))
                        .collect(Collectors.joining());
    }

    private int invocations(String scenario) {
        var slices = stage.options().slices();
        var share = scenario.equals("send500") ? Scenarios.SHARE_OF_500 : 1;
        return Math.max(1, stage.options().n() / share / slices) * slices;
    }

    private Stream<Peer> measured(String part) {
        return stage.peers().all().stream().filter(peer -> samples.has(part, peer.name()));
    }

    private double sum(String part, String peer, String metric) {
        return IntStream.rangeClosed(1, stage.options().slices())
                .mapToDouble(slice -> Statistics.median(samples.round(part, peer, metric, slice)))
                .sum();
    }

    private String median(String part, String peer, String metric, double unit) {
        return Target.number(Statistics.median(samples.medians(part, peer, metric)) / unit);
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }
}
