package hoopoe.delivery.check;

/**
 * How far a page of a report was joined.
 *
 * @param replies how many of its replies are kept
 * @param isWhole whether these are all
 * @param hasFailed whether some of those could not be kept
 */
record PageMergeResult(int replies, boolean isWhole, boolean hasFailed) {}
