package hoopoe.batch;

/** The lowest and highest message number of a dispatch. Ranges of one batch may overlap. */
public record MessageRange(int first, int last) {}
