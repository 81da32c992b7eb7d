package hoopoe.costs;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Predicate;

/** How much of what; the names are those of the prices, and others that only explain. */
record Usage(Map<String, Double> amounts) {

    static final Usage NOTHING = new Usage(Map.of());

    static Usage of(String name, double amount) {
        return new Usage(Map.of(name, amount));
    }

    double of(String name) {
        return amounts.getOrDefault(name, 0.0);
    }

    Usage plus(Usage other) {
        return with(other, Double::sum);
    }

    Usage minus(Usage other) {
        return with(other, (mine, others) -> mine - others);
    }

    Usage times(double factor) {
        var all = new TreeMap<String, Double>();
        amounts.forEach((name, amount) -> all.put(name, amount * factor));
        return new Usage(all);
    }

    /** Only what is named so. */
    Usage keeping(Predicate<String> name) {
        var all = new TreeMap<>(amounts);
        all.keySet().removeIf(name.negate());
        return new Usage(all);
    }

    private Usage with(Usage other, DoubleBinaryOperator with) {
        var all = new TreeMap<>(amounts);
        other.amounts.forEach((name, amount) -> all.put(name, with.applyAsDouble(of(name), amount)));
        return new Usage(all);
    }
}
