package hoopoe.provider;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The charsets other than UTF-8 that providers may use. They are constants of this class, because an executable contains only
 * the charsets that it finds in constants; the other hundred and sixty would add five megabytes.
 */
public final class Charsets {

    /** Traditional Chinese, in old EVERY8D callbacks. */
    public static final Charset BIG5 = Charset.forName("Big5");

    /** Central Europe, in old Slovak systems. */
    public static final Charset WINDOWS_1250 = Charset.forName("windows-1250");

    /** Arabic and Persian. */
    public static final Charset WINDOWS_1256 = Charset.forName("windows-1256");

    private static final List<Charset> KNOWN = List.of(
            StandardCharsets.UTF_8,
            StandardCharsets.ISO_8859_1,
            StandardCharsets.US_ASCII,
            StandardCharsets.UTF_16,
            Charset.forName("windows-1252"),
            BIG5,
            WINDOWS_1250,
            WINDOWS_1256);

    private Charsets() {}

    /** @param name as an answer declares it, or an alias of it; empty where the charset is not one of ours */
    public static Optional<Charset> named(String name) {
        return KNOWN.stream()
                .filter(charset -> charset.name().equalsIgnoreCase(name)
                        || charset.aliases().stream().anyMatch(name::equalsIgnoreCase))
                .findFirst();
    }
}
