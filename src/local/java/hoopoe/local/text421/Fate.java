package hoopoe.local.text421;

import java.util.List;
import java.util.OptionalInt;

/**
 * The result of a message that was accepted.
 *
 * @param status the final status; empty if none is ever reported
 * @param late whether its report is late
 * @param texts that the receiver sends after it is delivered
 */
public record Fate(OptionalInt status, boolean late, List<String> texts) {

    public static Fate ending(int status) {
        return new Fate(OptionalInt.of(status), false, List.of());
    }

    public static Fate late(int status) {
        return new Fate(OptionalInt.of(status), true, List.of());
    }

    public static Fate writing(String... texts) {
        return new Fate(OptionalInt.of(SentMessage.DELIVERED), false, List.of(texts));
    }

    public static Fate unreported() {
        return new Fate(OptionalInt.empty(), false, List.of());
    }
}
