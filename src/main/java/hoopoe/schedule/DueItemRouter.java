package hoopoe.schedule;

import hoopoe.delivery.CheckState;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchState;
import hoopoe.dispatch.send.DispatchCreator;
import hoopoe.dispatch.send.ExpiredLeases;
import hoopoe.dispatch.send.WaitingDispatches;
import hoopoe.provider.Deadline;
import hoopoe.store.DueItemRepository.DueItem;
import hoopoe.store.delivery.CheckRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/**
 * Routes due batches and dispatches: does the work that needs no provider, and collects the dispatches that are to be sent or
 * checked. Other kinds of items are left to {@link LateItems}.
 */
@ApplicationScoped
public class DueItemRouter {

    private final CheckRepository checkRepository;
    private final DispatchCreator dispatchCreator;
    private final ExpiredLeases expiredLeases;
    private final WaitingDispatches waitingDispatches;
    private final CheckRunner checkRunner;
    private final ErrorBoundary errorBoundary;
    private final Clock clock;

    public DueItemRouter(
            CheckRepository checkRepository,
            DispatchCreator dispatchCreator,
            ExpiredLeases expiredLeases,
            WaitingDispatches waitingDispatches,
            CheckRunner checkRunner,
            ErrorBoundary errorBoundary,
            Clock clock) {
        this.checkRepository = checkRepository;
        this.dispatchCreator = dispatchCreator;
        this.expiredLeases = expiredLeases;
        this.waitingDispatches = waitingDispatches;
        this.checkRunner = checkRunner;
        this.errorBoundary = errorBoundary;
        this.clock = clock;
    }

    boolean look(DueItem item, TickRound round, Deadline deadline) {
        var work = round.work;
        return errorBoundary.run(item, work, () -> {
            if (item.batch().filter(dispatchCreator::finish).isPresent()) {
                work.spread.incrementAndGet();
            }
            item.dispatch()
                    .flatMap(checkRepository::find)
                    .filter(seen -> isDue(seen.dispatch()))
                    .ifPresent(seen -> errorBoundary.run(seen, work, () -> look(seen, round, deadline)));
            return true;
        });
    }

    /** The index may be older than the item. */
    private boolean isDue(Dispatch dispatch) {
        return dispatch.due() != null && !dispatch.due().isAfter(clock.instant());
    }

    private boolean look(CheckState seen, TickRound round, Deadline deadline) {
        var dispatch = seen.dispatch();
        if (dispatch.state() == DispatchState.DISPATCHING) {
            if (expiredLeases.reap(dispatch.id())) {
                round.work.reaped.incrementAndGet();
            }
        } else if (dispatch.state() == DispatchState.ACCEPTED) {
            waitingDispatches
                    .batch(dispatch)
                    .map(batch -> new TickRound.Held(dispatch, batch.window().notAfter()))
                    .ifPresent(round.held::add);
        } else if (dispatch.submission().reference() == null || dispatch.state().isEndedUnsent()) {
            return checkRunner.of(seen, round.work, deadline);
        } else {
            round.toCheck.add(seen);
        }
        return true;
    }
}
