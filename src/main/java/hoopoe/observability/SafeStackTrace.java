package hoopoe.observability;

import hoopoe.Loggable;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The place of a failure, in one line and without messages: foreign messages may contain numbers, texts or secrets. Only those
 * of a {@link Loggable} are included. Of frames before our first frame only the innermost is included.
 */
public final class SafeStackTrace {

    private static final int FRAMES = 12;
    private static final int CAUSES = 5;
    private static final String OURS = "hoopoe.";

    private SafeStackTrace() {}

    public static String of(Throwable failure) {
        var line = new StringBuilder();
        @Nullable Throwable next = failure;
        for (int i = 0; next != null && i < CAUSES; i++, next = next.getCause()) {
            line.append(i == 0 ? "" : " caused by ").append(next.getClass().getName());
            if (next instanceof Loggable said) {
                line.append(": ").append(said.getMessage());
            }
            for (var beside : next.getSuppressed()) {
                if (beside instanceof Loggable said) {
                    line.append(" (").append(said.getMessage()).append(')');
                }
            }
            line.append(" at ").append(frames(next.getStackTrace()));
        }
        return line.toString();
    }

    private static String frames(StackTraceElement[] frames) {
        int first = 0;
        while (first < frames.length && !frames[first].getClassName().startsWith(OURS)) {
            first++;
        }
        if (first == frames.length) {
            return joined(frames, 0);
        }
        return (first == 0 ? "" : frames[0] + (first == 1 ? " < " : " < … < ")) + joined(frames, first);
    }

    private static String joined(StackTraceElement[] frames, int from) {
        return Arrays.stream(frames)
                .skip(from)
                .limit(FRAMES)
                .map(StackTraceElement::toString)
                .collect(Collectors.joining(" < "));
    }
}
