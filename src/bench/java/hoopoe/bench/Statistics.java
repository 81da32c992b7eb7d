package hoopoe.bench;

import java.util.Arrays;
import java.util.Random;

/** Medians, and how far a ratio of two may be trusted. */
final class Statistics {

    private static final int RESAMPLES = 10_000;

    private Statistics() {}

    /**
     * A ratio of medians.
     *
     * @param low lower end of its 95 % bootstrap interval
     * @param high upper end
     */
    record Ratio(double value, double low, double high) {}

    static double median(double[] values) {
        return quantile(values, 0.5);
    }

    /** Between two values by their distance. NaN of none. */
    static double quantile(double[] values, double share) {
        if (values.length == 0) {
            return Double.NaN;
        }
        var sorted = values.clone();
        Arrays.sort(sorted);
        var at = share * (sorted.length - 1);
        var below = (int) Math.floor(at);
        var above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    /** Of values measured round by round, so that a resample takes both of a round. */
    static Ratio paired(double[] over, double[] under, long seed) {
        if (over.length != under.length) {
            throw new IllegalArgumentException(over.length + " and " + under.length + " rounds");
        }
        var random = new Random(seed);
        return ratio(over, under, () -> {
            var rounds = random.ints(over.length, 0, over.length).toArray();
            return median(at(over, rounds)) / median(at(under, rounds));
        });
    }

    /** Of values that have nothing to do with each other. */
    static Ratio unpaired(double[] over, double[] under, long seed) {
        var random = new Random(seed);
        return ratio(over, under, () -> median(resampled(over, random)) / median(resampled(under, random)));
    }

    private interface Resample {
        double ratio();
    }

    private static Ratio ratio(double[] over, double[] under, Resample resample) {
        var ratios = new double[RESAMPLES];
        Arrays.setAll(ratios, i -> resample.ratio());
        return new Ratio(median(over) / median(under), quantile(ratios, 0.025), quantile(ratios, 0.975));
    }

    private static double[] resampled(double[] values, Random random) {
        return at(values, random.ints(values.length, 0, values.length).toArray());
    }

    private static double[] at(double[] values, int[] places) {
        return Arrays.stream(places).mapToDouble(i -> values[i]).toArray();
    }
}
