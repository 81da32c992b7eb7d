package hoopoe.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which accounts a caller reaches with a key. */
public enum KeyKind {
    /** All accounts: real people get real messages. */
    LIVE,
    /** Only accounts whose provider is a simulator ({@code hoopoe.accounts.<name>.simulated}). */
    TEST;

    /** {@code live} or {@code test}, as in a key. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<KeyKind> of(String text) {
        return Arrays.stream(values()).filter(kind -> kind.text().equals(text)).findFirst();
    }
}
