package hoopoe.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which accounts a caller reaches. */
public enum KeyKind {
    /** Any: real people get real messages. */
    LIVE,
    /** Only those whose provider is a simulator ({@code hoopoe.accounts.<name>.simulated}). */
    TEST;

    /** {@code live}, {@code test}: as keys have it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<KeyKind> of(String text) {
        return Arrays.stream(values()).filter(kind -> kind.text().equals(text)).findFirst();
    }
}
