package hoopoe.prove;

import hoopoe.platform.Sha256;
import java.util.Arrays;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** {@code mvn -Pprove -Dseeds=…}: plays as many histories as asked, and tells the first that fails. */
public final class Prove {

    /** Kept, because loggers that nobody holds are forgotten with their level. */
    private static final Logger LOG = Logger.getLogger("hoopoe");

    private Prove() {}

    /** @param args how many seeds, and the first */
    public static void main(String[] args) {
        long seeds = Long.parseLong(args[0]);
        long first = args.length > 1 ? Long.parseLong(args[1]) : 1;
        LOG.setLevel(Level.OFF);
        System.out.println("the first histories: " + hash(first));
        var summary = Simulation.run(first, seeds, !Boolean.getBoolean("all"), done -> {
            if (done % 10_000 == 0) {
                System.out.println(done + " seeds");
            }
        });
        System.out.println(summary);
        summary.failed()
                .forEach(outcome -> System.out.println(outcome.plan().seed() + " "
                        + outcome.plan().kind() + ": " + outcome.breach().getMessage()));
        if (!summary.failed().isEmpty()) {
            tell(summary.failed().get(0).plan());
            System.exit(1);
        }
    }

    /** Of twenty histories of each kind: the same on any machine and JDK, which {@code .ci/run} compares. */
    private static String hash(long first) {
        var threads = Simulation.threads();
        var hashes = LongStream.range(first, first + 20)
                .boxed()
                .flatMap(seed -> Arrays.stream(Plan.Kind.values()).map(kind -> Plan.of(seed, kind)))
                .map(plan -> Simulation.play(plan, threads, true).hash())
                .collect(Collectors.joining());
        threads.shutdown();
        return Sha256.hex(hashes, 16);
    }

    /** @return the first seed that fails and how; where none does, how many histories there were */
    static String search(long first, long seeds) {
        LOG.setLevel(Level.OFF);
        var summary = Simulation.run(first, seeds, true, done -> {});
        return summary.failed().stream()
                .findFirst()
                .map(failed -> failed.plan().seed() + " | "
                        + failed.breach().getMessage().replaceFirst(":.*", ""))
                .orElseGet(summary::toString);
    }

    /** The story of a history, as short as it can be made. */
    static void tell(Plan plan) {
        var threads = Simulation.threads();
        var shrunk = Shrink.of(plan, threads);
        var told = Simulation.play(shrunk, threads, true);
        System.out.println(told.story());
        System.out.println(told.breach() == null ? "(not again)" : told.breach().getMessage());
        if (told.breach() != null && told.breach().getCause() != null) {
            told.breach().getCause().printStackTrace(System.out);
        }
        threads.shutdown();
    }
}
