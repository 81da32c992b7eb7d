package hoopoe.dispatch;

import java.util.Locale;

/** The state of a dispatch (decision 2): its messages show it while nothing more is known of them. */
public enum DispatchState {
    ACCEPTED,
    DISPATCHING,
    UNCONFIRMED,
    SUBMITTED,
    REJECTED,
    CANCELLED,
    EXPIRED;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static DispatchState of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }

    /** Whether nothing was sent, and nothing ever will be. */
    public boolean isEndedUnsent() {
        return this == REJECTED || this == CANCELLED || this == EXPIRED;
    }
}
