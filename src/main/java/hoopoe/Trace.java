package hoopoe;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where something failed, in one line and without a message: messages of others may hold numbers, texts or secrets. */
public final class Trace {

    private static final int FRAMES = 12;
    private static final int CAUSES = 5;

    private Trace() {}

    public static String of(Throwable failure) {
        var line = new StringBuilder();
        @Nullable Throwable next = failure;
        for (int i = 0; next != null && i < CAUSES; i++, next = next.getCause()) {
            line.append(i == 0 ? "" : " caused by ")
                    .append(next.getClass().getName())
                    .append(Arrays.stream(next.getStackTrace())
                            .limit(FRAMES)
                            .map(StackTraceElement::toString)
                            .collect(Collectors.joining(" < ", " at ", "")));
        }
        return line.toString();
    }
}
