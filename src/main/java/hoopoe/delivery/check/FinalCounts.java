package hoopoe.delivery.check;

import hoopoe.batch.Batch;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchId;
import hoopoe.message.MessageState;
import hoopoe.store.batch.BatchRepository;
import hoopoe.store.dispatch.DispatchRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;

/** Counts the messages of a batch whose last dispatch settles now. */
@ApplicationScoped
public class FinalCounts {

    private final BatchRepository batchRepository;
    private final DispatchRepository dispatchRepository;
    private final StatusEvidence statusEvidence;
    private final Clock clock;

    public FinalCounts(
            BatchRepository batchRepository,
            DispatchRepository dispatchRepository,
            StatusEvidence statusEvidence,
            Clock clock) {
        this.batchRepository = batchRepository;
        this.dispatchRepository = dispatchRepository;
        this.statusEvidence = statusEvidence;
        this.clock = clock;
    }

    /** Whether all dispatches are settled by now. */
    boolean isWholeBatchSettled(Batch batch) {
        return batch.dispatches() == 1
                || batchRepository
                        .find(batch.id())
                        .filter(BatchTotalsWriter::isSettled)
                        .isPresent();
    }

    /**
     * The messages of a settled batch by state label. Reads all its dispatches.
     *
     * @param settling the dispatch that is being checked
     * @param its its own messages by state label
     * @return empty where another dispatch waits again, since an operator decided on it: its own next check counts
     */
    Map<String, Integer> of(Batch batch, DispatchId settling, Map<String, Integer> its) {
        var sum = sum(batch, settling, its);
        return sum.keySet().stream().map(MessageState::of).allMatch(FinalCounts::isAtRest) ? sum : Map.of();
    }

    /** Whether only an operator, or a late report, changes the state. */
    private static boolean isAtRest(MessageState state) {
        return state.isFinal() || state == MessageState.UNKNOWN || state == MessageState.UNCONFIRMED;
    }

    private Map<String, Integer> sum(Batch batch, DispatchId settling, Map<String, Integer> its) {
        var sum = new TreeMap<>(its);
        if (batch.dispatches() > 1) {
            dispatchRepository.of(batch).stream()
                    .filter(dispatch -> !dispatch.id().equals(settling))
                    .forEach(dispatch ->
                            counts(batch, dispatch).forEach((label, count) -> sum.merge(label, count, Integer::sum)));
        }
        return sum;
    }

    /** Those of the last check, unless another check of the dispatch is about to write them. */
    private Map<String, Integer> counts(Batch batch, Dispatch dispatch) {
        if (dispatch.due() == null && !dispatch.checks().counts().isEmpty()) {
            return dispatch.checks().counts();
        }
        var live = statusEvidence.live(batch, dispatch, clock.instant());
        return live.status().counts(live.recipients());
    }
}
