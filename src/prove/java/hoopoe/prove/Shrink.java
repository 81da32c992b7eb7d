package hoopoe.prove;

import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Makes a failing history shorter: leaves out faults and requests as long as the same invariant does not hold. */
final class Shrink {

    private static final int MOST = 150;
    private static final int REQUESTS = 8;

    private final ExecutorService threads;
    private final String invariant;
    private int played;

    private Shrink(ExecutorService threads, String invariant) {
        this.threads = threads;
        this.invariant = invariant;
    }

    /** @param plan that fails */
    static Plan of(Plan plan, ExecutorService threads) {
        var failed = Simulation.play(plan, threads, false);
        if (failed.breach() == null) {
            return plan;
        }
        var shrink = new Shrink(threads, invariant(failed));
        var whole = new Plan(
                plan.seed(),
                plan.kind(),
                new TreeSet<>(failed.faults()),
                IntStream.range(0, REQUESTS).boxed().collect(Collectors.toCollection(TreeSet::new)));
        var fewer = shrink.without(
                whole,
                List.copyOf(whole.requests()),
                left -> new Plan(plan.seed(), plan.kind(), whole.faults(), new TreeSet<>(left)));
        return shrink.without(
                fewer,
                List.copyOf(fewer.faults()),
                left -> new Plan(plan.seed(), plan.kind(), new TreeSet<>(left), fewer.requests()));
    }

    /** Takes away halves, then quarters, and in the end one by one. */
    private Plan without(Plan plan, List<Integer> parts, Function<List<Integer>, Plan> planOf) {
        var left = parts;
        var best = plan;
        for (int size = Math.max(1, left.size() / 2); ; size /= 2) {
            for (int from = 0; from < left.size() && played < MOST; ) {
                var tried = new java.util.ArrayList<>(left.subList(0, from));
                tried.addAll(left.subList(Math.min(left.size(), from + size), left.size()));
                var smaller = planOf.apply(tried);
                if (fails(smaller)) {
                    best = smaller;
                    left = tried;
                } else {
                    from += size;
                }
            }
            if (size <= 1) {
                return best;
            }
        }
    }

    private boolean fails(Plan plan) {
        played++;
        var outcome = Simulation.play(plan, threads, false);
        return outcome.breach() != null && invariant(outcome).equals(invariant);
    }

    private static String invariant(Simulation.Outcome outcome) {
        return outcome.breach().getMessage().replaceFirst(":.*", "");
    }
}
