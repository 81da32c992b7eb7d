package hoopoe.bench;

import hoopoe.bench.Statistics.Ratio;
import java.util.Locale;
import java.util.Optional;

/**
 * What is wanted of a figure.
 *
 * @param reached nothing where it could not be measured
 * @param unit after the figure, such as {@code " MB"}
 * @param must the limit
 * @param stretch the better limit; as {@code must} where there is none
 * @param most whether the limits are the most it may be; else the least
 */
record Target(String what, Optional<Ratio> reached, String unit, double must, double stretch, boolean most) {

    static Target atMost(String what, Optional<Ratio> reached, String unit, double must, double stretch) {
        return new Target(what, reached, unit, must, stretch, true);
    }

    static Target atLeast(String what, Optional<Ratio> reached, String unit, double must) {
        return new Target(what, reached, unit, must, must, false);
    }

    /** A figure without any doubt about it, such as a size. */
    static Ratio exactly(double value) {
        return new Ratio(value, value, value);
    }

    String row() {
        var sign = most ? "≤ " : "≥ ";
        return "| %s | %s | %s | %s%s | %s | %s |%n"
                .formatted(
                        what,
                        reached.map(ratio -> number(ratio.value()) + unit).orElse("–"),
                        reached.filter(ratio -> ratio.low() < ratio.high())
                                .map(ratio -> number(ratio.low()) + " – " + number(ratio.high()))
                                .orElse("–"),
                        sign,
                        number(must) + unit,
                        stretch == must ? "–" : sign + number(stretch) + unit,
                        verdict());
    }

    String verdict() {
        return reached.map(this::verdict).orElse("not measured");
    }

    private String verdict(Ratio ratio) {
        var word = "missed";
        if (holds(ratio.value(), stretch) && stretch != must) {
            word = "stretch met";
        } else if (holds(ratio.value(), must)) {
            word = "met";
        }
        var limit = word.equals("stretch met") ? stretch : must;
        var isSure = holds(ratio.low(), limit) == holds(ratio.high(), limit);
        return isSure ? word : word + ", not for sure";
    }

    private boolean holds(double value, double limit) {
        return most ? value <= limit : value >= limit;
    }

    /** Three digits are more than any of these figures is worth. */
    static String number(double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        var digits = value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f";
        var text = String.format(Locale.ROOT, digits, value);
        return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
    }
}
