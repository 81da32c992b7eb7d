package hoopoe.local.smspanel;

import java.util.List;

/**
 * The result of a message that was sent.
 *
 * @param status the last one it gets
 * @param late whether that is late
 * @param replies that the receiver then sends
 */
public record Fate(int status, boolean late, List<String> replies) {
    public static final int SENDING = 1;
    public static final int TELECOM_PROBLEM = 2;
    public static final int WITH_TELECOM = 3;
    public static final int DELIVERED = 4;
    public static final int NOT_DELIVERED = 5;
    public static final int BLACKLISTED = 6;

    public static Fate ending(int status) {
        return new Fate(status, false, List.of());
    }

    /** A number's last three digits give it: 901, 903, 906, 907, 908 and 909 are special, all others are delivered. */
    static Fate of(String number) {
        return switch (number.substring(Math.max(0, number.length() - 3))) {
            case "901" -> ending(NOT_DELIVERED);
            case "903" -> ending(TELECOM_PROBLEM);
            case "906" -> ending(BLACKLISTED);
            case "907" -> new Fate(DELIVERED, false, List.of("دریافت شد، ممنون & ok + ۱"));
            case "908" -> new Fate(DELIVERED, true, List.of());
            case "909" -> ending(WITH_TELECOM);
            default -> ending(DELIVERED);
        };
    }
}
