package hoopoe.local.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The planned faults, by operation and turn. The earliest plan that applies to a call is used. */
public final class Faults {
    /** Stands for every operation. */
    public static final String ANY = "*";

    private static final class Plan {
        private final String operation;
        private final Fault fault;
        private int skip;
        private int times;

        Plan(String operation, int skip, int times, Fault fault) {
            this.operation = operation;
            this.skip = skip;
            this.times = times;
            this.fault = fault;
        }

        boolean covers(String called) {
            return operation.equals(ANY) || operation.equals(called);
        }

        boolean takes() {
            if (skip > 0) {
                skip--;
                return false;
            }
            times--;
            return true;
        }
    }

    private final List<Plan> plans = new ArrayList<>();

    /** The next call. */
    public Faults next(String operation, Fault fault) {
        return plan(operation, 0, 1, fault);
    }

    /** Every call from now on. */
    public Faults always(String operation, Fault fault) {
        return plan(operation, 0, Integer.MAX_VALUE, fault);
    }

    /** So many calls after so many good ones. */
    public synchronized Faults plan(String operation, int skip, int times, Fault fault) {
        if (skip < 0 || times < 1) {
            throw new IllegalArgumentException("skip is at least 0, times at least 1");
        }
        plans.add(new Plan(operation, skip, times, fault));
        return this;
    }

    public synchronized void clear() {
        plans.clear();
    }

    /** Takes the fault that is planned for this call; it is used up. */
    public synchronized Optional<Fault> take(String operation) {
        for (Plan plan : plans) {
            if (plan.covers(operation) && plan.takes()) {
                plans.removeIf(spent -> spent.times == 0);
                return Optional.of(plan.fault);
            }
        }
        return Optional.empty();
    }
}
