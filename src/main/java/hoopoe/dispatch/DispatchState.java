package hoopoe.dispatch;

import java.util.Locale;

/** The register of a dispatch (design.md 4): what its messages show while nobody has said more of them. */
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

    /** Nothing will ever be sent, and nothing was. */
    public boolean isEndedUnsent() {
        return this == REJECTED || this == CANCELLED || this == EXPIRED;
    }
}
