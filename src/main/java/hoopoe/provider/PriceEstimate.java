package hoopoe.provider;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The estimated price of a message, in points.
 *
 * @param low by the cheaper reading of the provider's rules; null where the rules are unknown
 * @param high by the dearer reading; equal where the rules are unambiguous, null where they are unknown
 * @param recipientClass {@code domestic} or {@code international}
 */
public record PriceEstimate(
        @Nullable BigDecimal low, @Nullable BigDecimal high, String recipientClass) {

    /** For a provider whose prices are unknown. */
    public static PriceEstimate unpriced(String recipientClass) {
        return new PriceEstimate(null, null, recipientClass);
    }
}
