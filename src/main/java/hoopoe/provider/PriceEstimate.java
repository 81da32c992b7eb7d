package hoopoe.provider;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a message would cost, in points.
 *
 * @param low by the cheaper reading of the provider's rules; null where nobody told us any
 * @param high by the dearer one; equal where the rules are plain, null where there are none
 * @param recipientClass {@code domestic} or {@code international}
 */
public record PriceEstimate(
        @Nullable BigDecimal low, @Nullable BigDecimal high, String recipientClass) {

    /** Where the provider's prices are not known. */
    public static PriceEstimate unpriced(String recipientClass) {
        return new PriceEstimate(null, null, recipientClass);
    }
}
