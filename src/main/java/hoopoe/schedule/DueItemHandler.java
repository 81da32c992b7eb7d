package hoopoe.schedule;

import hoopoe.provider.Deadline;
import hoopoe.store.DueItemRepository.DueItem;
import java.util.List;

/**
 * Works off due items of a kind of its own, neither batches nor dispatches. A bean of this type is all that a new kind needs:
 * {@link LateItems} finds it, and gives it what is due after the sends and checks of a tick.
 */
public interface DueItemHandler {

    /** Whether the item is of this kind, as its key says. At most one handler says so of an item. */
    boolean handles(DueItem item);

    /**
     * Works off some items, as the index has them: each is to be read strongly before anything is done. Items that are not
     * done, or fail, stay due. An exception is logged and counted, and stops no others.
     *
     * @param items at most {@value LateItems#TOGETHER}
     * @param deadline the tick's own end
     * @return whether what was called for them answered; after three times in a row without an answer, the others of this kind
     *     wait for the next tick
     */
    boolean handle(List<DueItem> items, Deadline deadline);
}
