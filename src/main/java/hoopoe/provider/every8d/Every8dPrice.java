package hoopoe.provider.every8d;

import hoopoe.message.PhoneNumber;
import hoopoe.provider.PriceEstimate;
import java.math.BigDecimal;
import java.util.stream.IntStream;

/** The price of a text to one recipient, by each reading of the price rules (document §1.2). An estimate: COST decides. */
final class Every8dPrice {

    private static final int LONGEST = 333;
    private static final int ABROAD = 3;

    private Every8dPrice() {}

    static PriceEstimate of(PhoneNumber to, String text) {
        var length = Math.max(1, text.length());
        return Every8dNumbers.isTaiwanese(to)
                ? estimate(IntStream.of(blocks(length), steps(length)), "domestic")
                : estimate(
                        IntStream.of(parts(length, 70), blocks(length), steps(length))
                                .map(points -> ABROAD * points),
                        "international");
    }

    private static PriceEstimate estimate(IntStream readings, String recipientClass) {
        var points = readings.summaryStatistics();
        return new PriceEstimate(
                BigDecimal.valueOf(points.getMin()), BigDecimal.valueOf(points.getMax()), recipientClass);
    }

    /** First reading: above 333 the system splits into texts of 333, each priced by the ladder. */
    private static int blocks(int length) {
        return 5 * (length / LONGEST) + ladder(length % LONGEST);
    }

    /** Second reading: above 333 the ladder continues in steps of 67. */
    private static int steps(int length) {
        return length <= LONGEST ? ladder(length) : parts(length, 67);
    }

    /** 70, 134, 201, 268, 333 characters. */
    private static int ladder(int length) {
        if (length == 0) {
            return 0;
        }
        return length <= 70 ? 1 : parts(length, 67);
    }

    private static int parts(int length, int each) {
        return (length + each - 1) / each;
    }
}
