package hoopoe.dispatch.send;

import hoopoe.dispatch.DispatchId;
import java.util.Set;

/**
 * Dispatches that a round did not process.
 *
 * @param failed those that our own failure left unprocessed
 * @param left those left alone, because their account cannot send now or time was over
 */
public record UnprocessedDispatches(Set<DispatchId> failed, Set<DispatchId> left) {

    public boolean has(DispatchId id) {
        return failed.contains(id) || left.contains(id);
    }
}
