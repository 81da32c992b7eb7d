package hoopoe.delivery.check;

/**
 * How far a page of a report was merged.
 *
 * @param replies how many of its replies are stored
 * @param isWhole whether these are all
 * @param hasFailed whether some of these could not be stored
 */
record PageMergeResult(int replies, boolean isWhole, boolean hasFailed) {}
