package hoopoe.bench;

import hoopoe.bench.Statistics.Ratio;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** What Hoopoe wants to be, and what it was found to be. */
final class Targets {

    private static final double MEGA = 1e6;
    private static final double KIBI = 1024;

    /** A heap that grows by more than this from half of the invocations to all of them is not flat. */
    private static final double FLAT = 1.05;

    private static final String COLD = Starts.part(Driver.Cache.WARM);
    private static final String EVICTED = Starts.part(Driver.Cache.EVICTED);

    private final Samples samples;
    private final Peers peers;
    private final Options options;

    Targets(Stage stage) {
        this.samples = stage.samples();
        this.peers = stage.peers();
        this.options = stage.options();
    }

    List<Target> all() {
        return List.of(
                Target.atMost("start ÷ Go no-op", ratio(COLD, "next", Peer.NATIVE, Peer.GO), " ×", 4.5, 2.5),
                Target.atMost(
                        "the same, files evicted from the page cache",
                        ratio(EVICTED, "next", Peer.NATIVE, Peer.GO),
                        " ×",
                        4.5,
                        2.5),
                Target.atLeast(
                        "start of its own JVM mode ÷ start", ratio(COLD, "next", Peer.JVM, Peer.NATIVE), " ×", 40),
                Target.atLeast(
                        "CPU to first answer, JVM mode ÷ native",
                        ratio(COLD, "answer_cpu", Peer.JVM, Peer.NATIVE),
                        " ×",
                        25),
                Target.atMost("first send of 1 ÷ its own warm CPU", first(), " ×", 6, 3),
                Target.atMost("RSS after all invocations, the largest function", memory(), " MB", 55, 40),
                Target.atMost("its growth from half of them to all", growth(), " ×", FLAT, FLAT),
                Target.atMost("executable", size(Peer::executable), " MB", 66, 45),
                Target.atMost("zip", size(Peer::zip), " MB", 22.5, 16));
    }

    /** Of two peers in the same rounds. */
    Optional<Ratio> ratio(String part, String metric, String over, String under) {
        return samples.has(part, over) && samples.has(part, under)
                ? Optional.of(Statistics.paired(
                        samples.medians(part, over, metric), samples.medians(part, under, metric), options.seed()))
                : Optional.empty();
    }

    private Optional<Ratio> first() {
        var warm = Warm.part("send1");
        return samples.has(COLD, Peer.NATIVE) && samples.has(warm, Peer.NATIVE)
                ? Optional.of(Statistics.unpaired(
                        samples.medians(COLD, Peer.NATIVE, "first_cpu"),
                        samples.medians(warm, Peer.NATIVE, "cpu"),
                        options.seed()))
                : Optional.empty();
    }

    private Optional<Ratio> memory() {
        return largest(scenario -> rss(scenario, options.slices()) * KIBI / MEGA);
    }

    private Optional<Ratio> growth() {
        return largest(scenario -> rss(scenario, options.slices()) / rss(scenario, options.slices() / 2));
    }

    private Optional<Ratio> largest(ToDoubleFunction<String> figure) {
        return Scenarios.names().stream()
                .filter(name -> samples.has(Warm.part(name), Peer.NATIVE))
                .map(figure::applyAsDouble)
                .max(Double::compare)
                .map(Target::exactly);
    }

    private double rss(String scenario, int slice) {
        return Arrays.stream(samples.round(Warm.part(scenario), Peer.NATIVE, "rss", slice))
                .findFirst()
                .orElse(Double.NaN);
    }

    private Optional<Ratio> size(ToDoubleFunction<Peer> bytes) {
        return peers.find(Peer.NATIVE).map(peer -> Target.exactly(bytes.applyAsDouble(peer) / MEGA));
    }

    /** Where any of ours was measured. */
    static Stream<String> starts() {
        return Stream.of(COLD, EVICTED);
    }
}
