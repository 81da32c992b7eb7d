package hoopoe.local.text421;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Which network serves a number: O Orange, 2 O2, M Telekom, S Swan. */
public final class MobileNetworks {
    private static final Pattern MSISDN = Pattern.compile("421\\d{9}");
    private static final Map<String, List<String>> PREFIXES = Map.of(
            "O", List.of("905", "906", "907", "908", "915", "916", "917", "918", "919", "945"),
            "2", List.of("940", "944", "947", "948", "949"),
            "M", List.of("901", "902", "903", "904", "910", "911", "912", "914"),
            "S", List.of("950", "951"));

    private final Set<String> closed = ConcurrentHashMap.newKeySet();

    /** The partner may not send to this network. */
    public MobileNetworks close(String operator) {
        closed.add(operator);
        return this;
    }

    boolean isClosed(String operator) {
        return closed.contains(operator);
    }

    /** Nothing where no operator has such a number. */
    static Optional<String> of(String msisdn) {
        if (!MSISDN.matcher(msisdn).matches()) {
            return Optional.empty();
        }
        String prefix = msisdn.substring(3, 6);
        return PREFIXES.entrySet().stream()
                .filter(entry -> entry.getValue().contains(prefix))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    static String prefix(String msisdn) {
        return msisdn.substring(0, Math.min(6, msisdn.length()));
    }
}
