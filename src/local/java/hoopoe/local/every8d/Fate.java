package hoopoe.local.every8d;

import java.util.List;
import java.util.OptionalInt;

/**
 * The result of a message that was sent.
 *
 * @param status the final status; empty if none is ever reported
 * @param late whether its report is late
 * @param replies that the receiver sends after it is delivered
 */
public record Fate(OptionalInt status, boolean late, List<String> replies) {

    public static Fate ending(int status) {
        return new Fate(OptionalInt.of(status), false, List.of());
    }

    public static Fate late(int status) {
        return new Fate(OptionalInt.of(status), true, List.of());
    }

    public static Fate replying(String... replies) {
        return new Fate(OptionalInt.of(Row.DELIVERED), false, List.of(replies));
    }

    public static Fate unreported() {
        return new Fate(OptionalInt.empty(), false, List.of());
    }
}
