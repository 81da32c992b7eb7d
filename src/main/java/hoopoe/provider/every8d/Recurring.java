package hoopoe.provider.every8d;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What recurs from row to row of a page, and is read only once: a batch has few prices, and few seconds. */
final class Recurring {

    private static final Pattern COST = Pattern.compile("\\d{1,15}(?:\\.\\d{1,6})?");

    private final Map<String, Boolean> costs = new HashMap<>();
    private final Map<String, Optional<Instant>> times = new HashMap<>();

    /** @return null where it is none */
    @Nullable String cost(String written) {
        return costs.computeIfAbsent(written, cost -> COST.matcher(cost).matches()) ? written : null;
    }

    /** @return null where it is none */
    @Nullable Instant time(String written) {
        return times.computeIfAbsent(written, time -> Optional.ofNullable(Every8dTimes.read(time)))
                .orElse(null);
    }
}
