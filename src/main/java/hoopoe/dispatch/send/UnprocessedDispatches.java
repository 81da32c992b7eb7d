package hoopoe.dispatch.send;

import hoopoe.dispatch.DispatchId;
import java.util.Set;

/**
 * What a round did not get done.
 *
 * @param failed what our own failure kept from being looked at
 * @param left what it left alone, because its account is away or time was over
 */
public record UnprocessedDispatches(Set<DispatchId> failed, Set<DispatchId> left) {

    /** Whether this is of it. */
    public boolean has(DispatchId id) {
        return failed.contains(id) || left.contains(id);
    }
}
