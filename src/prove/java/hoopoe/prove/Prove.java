package hoopoe.prove;

import java.util.logging.Level;
import java.util.logging.Logger;

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
        var threads = Simulation.threads();
        System.out.println("history of seed " + first + ": "
                + Simulation.play(Plan.of(first, Plan.Kind.MESSAGES), threads, true)
                        .hash());
        threads.shutdown();
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
