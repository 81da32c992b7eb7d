package hoopoe.prove;

import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One history: a seed, and how much of it.
 *
 * @param kind what it is about
 * @param faults the places of those that may happen; null for all
 * @param requests the places of those that are made; null for all
 */
record Plan(
        long seed,
        Kind kind,
        @Nullable Set<Integer> faults,
        @Nullable Set<Integer> requests) {

    /** A seed has a history of each. */
    enum Kind {
        MESSAGES,
        LOGINS
    }

    static Plan of(long seed, Kind kind) {
        return new Plan(seed, kind, null, null);
    }

    History history(Executor threads, boolean isTold) {
        return kind == Kind.LOGINS ? new LoginWorld(this, threads, isTold) : new World(this, threads, isTold);
    }

    boolean hasFault(int place) {
        return faults == null || faults.contains(place);
    }

    boolean hasRequest(int place) {
        return requests == null || requests.contains(place);
    }
}
