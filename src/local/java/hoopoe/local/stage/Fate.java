package hoopoe.local.stage;

import java.util.List;
import java.util.OptionalInt;

/**
 * The result of a message that was sent.
 *
 * @param status the final status, by the provider's numbers; empty if none is ever reported
 * @param late whether its report is late
 * @param replies that the receiver sends then
 */
public record Fate(OptionalInt status, boolean late, List<String> replies) {

    public static Fate ending(int status) {
        return new Fate(OptionalInt.of(status), false, List.of());
    }

    public static Fate late(int status) {
        return new Fate(OptionalInt.of(status), true, List.of());
    }

    /** @param status of a message that was delivered */
    public static Fate replying(int status, String... replies) {
        return new Fate(OptionalInt.of(status), false, List.of(replies));
    }

    public static Fate unreported() {
        return new Fate(OptionalInt.empty(), false, List.of());
    }
}
