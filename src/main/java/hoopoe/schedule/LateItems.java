package hoopoe.schedule;

import hoopoe.config.Timeouts;
import hoopoe.provider.Deadline;
import hoopoe.store.DueItemRepository.DueItem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.stream.Stream;

/**
 * The due items that are neither batches nor dispatches. They have the last place in a tick, so that however many there are no
 * send and no check waits for them; and they have its last seconds, so that however much is to be sent and checked they come
 * to their turn.
 */
@ApplicationScoped
public class LateItems {

    /** How many items of a kind are handled together. */
    static final int TOGETHER = 10;

    /** What sends and checks leave to them, where there are any. */
    static final Duration SHARE = Duration.ofSeconds(5);

    /** How many of a kind a tick keeps in mind. The others stay due. Each kind has its own, so that none crowds out another. */
    private static final int MOST = 2000;

    private final List<DueItemHandler> handlers;
    private final ErrorBoundary errorBoundary;
    private final Timeouts timeouts;

    @Inject
    LateItems(Instance<DueItemHandler> handlers, ErrorBoundary errorBoundary, Timeouts timeouts) {
        this(handlers.stream(), errorBoundary, timeouts);
    }

    public LateItems(Stream<DueItemHandler> handlers, ErrorBoundary errorBoundary, Timeouts timeouts) {
        // In the same order in every environment.
        this.handlers = handlers.sorted(
                        Comparator.comparing(handler -> handler.getClass().getName()))
                .toList();
        this.errorBoundary = errorBoundary;
        this.timeouts = timeouts;
    }

    /** Those of one tick. */
    FoundItems find() {
        return new FoundItems();
    }

    /** What a tick has found so far, the oldest of each round first. Only one thread adds. */
    final class FoundItems {

        private final Map<DueItemHandler, List<DueItem>> found = new LinkedHashMap<>();

        boolean isEmpty() {
            return found.isEmpty();
        }

        void add(List<DueItem> items) {
            items.forEach(item -> handlers.stream()
                    .filter(handler -> handler.handles(item))
                    .findFirst()
                    .map(handler -> found.computeIfAbsent(handler, first -> new ArrayList<>()))
                    .filter(kind -> kind.size() < MOST)
                    .ifPresent(kind -> kind.add(item)));
        }

        /** Kinds have equal shares of the calls. */
        void handle(TickProgress work, ExecutorService pool, Deadline deadline) {
            var fairScheduler = Tick.scheduler();
            found.forEach((handler, items) -> {
                for (int from = 0; from < items.size(); from += TOGETHER) {
                    var some = items.subList(from, Math.min(from + TOGETHER, items.size()));
                    fairScheduler.add(
                            handler.getClass().getName(),
                            () -> errorBoundary.run(
                                    some.size() + " due items", work, () -> handler.handle(some, deadline)));
                }
            });
            fairScheduler.run(pool, Tick.CALLS, () -> deadline.leaves(timeouts.callMargin()));
        }
    }
}
