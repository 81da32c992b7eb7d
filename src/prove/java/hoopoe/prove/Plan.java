package hoopoe.prove;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One history: a seed, and how much of it.
 *
 * @param faults the places of those that may happen; null for all
 * @param requests the places of those that are made; null for all
 */
record Plan(
        long seed, @Nullable Set<Integer> faults, @Nullable Set<Integer> requests) {

    static Plan of(long seed) {
        return new Plan(seed, null, null);
    }

    boolean hasFault(int place) {
        return faults == null || faults.contains(place);
    }

    boolean hasRequest(int place) {
        return requests == null || requests.contains(place);
    }
}
