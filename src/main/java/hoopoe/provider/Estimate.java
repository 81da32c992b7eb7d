package hoopoe.provider;

import java.math.BigDecimal;

/**
 * What a message would cost, in points.
 *
 * @param low by the cheaper reading of the provider's rules
 * @param high by the dearer one; equal where the rules are plain
 * @param recipientClass {@code domestic} or {@code international}
 */
public record Estimate(BigDecimal low, BigDecimal high, String recipientClass) {}
