package hoopoe.store;

import java.util.List;

/**
 * The items that were due when the index was read.
 *
 * @param items the oldest first
 * @param more whether more were due than were read
 */
public record DueNow(List<DueItem> items, boolean more) {}
