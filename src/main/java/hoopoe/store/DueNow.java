package hoopoe.store;

import java.util.List;

/**
 * What needed looking after when the index was read.
 *
 * @param items the oldest first
 * @param more whether there was more than was read
 */
public record DueNow(List<DueItem> items, boolean more) {}
