package hoopoe.local.every8d;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A number's last three digits give its fate: 901, 903, 907, 908 and 909 are special, all others are delivered. */
public final class Fates {
    private final Map<String, Fate> byEnding = new ConcurrentHashMap<>(Map.of(
            "901", Fate.ending(101),
            "903", Fate.ending(103),
            "907", Fate.replying("收到，謝謝 & ok + 1"),
            "908", Fate.late(Row.DELIVERED),
            "909", Fate.unreported()));

    /** Gives all numbers with this ending another fate. */
    public Fates set(String lastThreeDigits, Fate fate) {
        if (!lastThreeDigits.matches("\\d{3}")) {
            throw new IllegalArgumentException("three digits");
        }
        byEnding.put(lastThreeDigits, fate);
        return this;
    }

    Fate of(String mobile) {
        String ending = mobile.length() < 3 ? mobile : mobile.substring(mobile.length() - 3);
        return byEnding.getOrDefault(ending, Fate.ending(Row.DELIVERED));
    }
}
