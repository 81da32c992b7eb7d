package hoopoe.local.text421;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A number's last three digits give its fate: 901, 903, 904, 905, 907, 908 and 909 are special, all others are delivered. */
public final class Fates {
    private final Map<String, Fate> byEnding = new ConcurrentHashMap<>(Map.of(
            "901", Fate.ending(SentMessage.FAILED),
            "903", Fate.ending(SentMessage.REJECTED),
            "904", Fate.ending(SentMessage.EXPIRED),
            "905", Fate.ending(SentMessage.ERROR),
            "907", Fate.writing("ďakujem & ok + 1"),
            "908", Fate.late(SentMessage.DELIVERED),
            "909", Fate.unreported()));

    /** Gives all numbers with this ending another fate. */
    public Fates set(String lastThreeDigits, Fate fate) {
        if (!lastThreeDigits.matches("\\d{3}")) {
            throw new IllegalArgumentException("three digits");
        }
        byEnding.put(lastThreeDigits, fate);
        return this;
    }

    Fate of(String msisdn) {
        String ending = msisdn.length() < 3 ? msisdn : msisdn.substring(msisdn.length() - 3);
        return byEnding.getOrDefault(ending, Fate.ending(SentMessage.DELIVERED));
    }
}
