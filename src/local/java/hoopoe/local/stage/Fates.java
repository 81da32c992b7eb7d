package hoopoe.local.stage;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A number's last three digits give its fate: some are special, all others are delivered. */
public final class Fates {
    private final Map<String, Fate> byEnding;
    private final Fate usual;

    /** @param byEnding the special ones */
    public Fates(Fate usual, Map<String, Fate> byEnding) {
        this.usual = usual;
        this.byEnding = new ConcurrentHashMap<>(byEnding);
    }

    /** Gives all numbers with this ending another fate. */
    public Fates set(String lastThreeDigits, Fate fate) {
        if (!lastThreeDigits.matches("\\d{3}")) {
            throw new IllegalArgumentException("three digits");
        }
        byEnding.put(lastThreeDigits, fate);
        return this;
    }

    public Fate of(String number) {
        return byEnding.getOrDefault(number.substring(Math.max(0, number.length() - 3)), usual);
    }
}
