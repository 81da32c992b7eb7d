package hoopoe.batch.tick;

import hoopoe.batch.sending.Dispatcher;
import hoopoe.batch.sending.Reaper;
import hoopoe.batch.sending.Spread;
import hoopoe.provider.Deadline;
import hoopoe.store.Checkup;
import hoopoe.store.Checkups;
import hoopoe.store.Dispatch;
import hoopoe.store.DispatchState;
import hoopoe.store.DueItem;
import java.time.Clock;

/** Looks at what is due: does what needs no provider, and tells what is to be sent or asked about. */
final class Triage {

    private final Checkups checkups;
    private final Spread spread;
    private final Reaper reaper;
    private final Dispatcher dispatcher;
    private final Inspection inspection;
    private final Guard guard;
    private final Clock clock;

    Triage(
            Checkups checkups,
            Spread spread,
            Reaper reaper,
            Dispatcher dispatcher,
            Inspection inspection,
            Guard guard,
            Clock clock) {
        this.checkups = checkups;
        this.spread = spread;
        this.reaper = reaper;
        this.dispatcher = dispatcher;
        this.inspection = inspection;
        this.guard = guard;
        this.clock = clock;
    }

    boolean look(DueItem item, TickWork work, Deadline deadline) {
        return guard.run(item, work, () -> {
            if (item.batch().filter(spread::finish).isPresent()) {
                work.spread.incrementAndGet();
            }
            item.dispatch()
                    .flatMap(checkups::find)
                    .filter(seen -> isDue(seen.dispatch()))
                    .ifPresent(seen -> guard.run(seen, work, () -> look(seen, work, deadline)));
            return true;
        });
    }

    /** The index may know less than the item. */
    private boolean isDue(Dispatch dispatch) {
        return dispatch.due() != null && !dispatch.due().isAfter(clock.instant());
    }

    private boolean look(Checkup seen, TickWork work, Deadline deadline) {
        var dispatch = seen.dispatch();
        if (dispatch.state() == DispatchState.DISPATCHING) {
            if (reaper.reap(dispatch.id())) {
                work.reaped.incrementAndGet();
            }
        } else if (dispatch.state() == DispatchState.ACCEPTED) {
            dispatcher.waits(dispatch).ifPresent(until -> work.held.add(new TickWork.Held(dispatch, until)));
        } else if (dispatch.reference() == null || dispatch.state().isEndedUnsent()) {
            return inspection.of(seen, work, deadline);
        } else {
            work.toCheck.add(seen);
        }
        return true;
    }
}
