package hoopoe.event;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whether an endpoint is called. */
public enum EndpointState {
    /** Each event is posted at once. */
    ENABLED,
    /** It failed several times in a row: events wait, and one call a period tries whether it answers again. */
    FAILING,
    /** It is not called, until its caller enables it again. */
    DISABLED;

    /** {@code enabled}, {@code failing} or {@code disabled}, as the API writes it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<EndpointState> of(String text) {
        return Arrays.stream(values())
                .filter(state -> state.text().equals(text))
                .findFirst();
    }
}
