package hoopoe.local.webhook;

import java.util.Locale;

/** What a signature is worth. */
public enum SignatureVerdict {
    /** One of the secrets made it. */
    VERIFIED,
    /** No secret is known yet. */
    UNCHECKED,
    /** None of the secrets made it for this id, time and body. */
    WRONG,
    /** Its time is more than five minutes away. */
    STALE,
    /** A header is missing. */
    MISSING;

    boolean isTaken() {
        return this == VERIFIED || this == UNCHECKED;
    }

    /** For people. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
