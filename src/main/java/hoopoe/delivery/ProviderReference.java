package hoopoe.delivery;

import hoopoe.platform.Sha256;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A provider's reference. Callbacks are stored under it, whether or not its dispatch is known.
 *
 * @param provider the provider's type
 * @param written as the provider wrote it; compared trimmed and without case
 */
public record ProviderReference(String provider, String account, String written) {

    private static final Pattern PLAIN = Pattern.compile("[a-z0-9-]{1,64}");

    /** Equal for all spellings of a reference; a hash where the text does not look like a reference. */
    public String canonical() {
        return canonical(written);
    }

    /** The same for the text of a reference. */
    public static String canonical(String written) {
        var plain = written.strip().toLowerCase(Locale.ROOT);
        return PLAIN.matcher(plain).matches() ? plain : "#" + Sha256.hex(plain, 16);
    }

    // By hand: a record's generated equals is slow in a native image.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ProviderReference providerReference
                && providerReference.provider.equals(provider)
                && providerReference.account.equals(account)
                && providerReference.canonical().equals(canonical());
    }

    @Override
    public int hashCode() {
        return canonical().hashCode();
    }
}
