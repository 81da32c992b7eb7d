package hoopoe.provider;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The unit in which providers count credit, as in the API and in a stored estimate: {@code {"unit":"points","amount":"2.0"}}.
 *
 * @param amount plain decimal digits, with at least one decimal place
 */
@RegisterForReflection
public record Points(String unit, String amount) {

    public static Points of(BigDecimal amount) {
        var shortest = amount.stripTrailingZeros();
        return new Points(
                "points", shortest.setScale(Math.max(1, shortest.scale())).toPlainString());
    }

    /** @return null for null: the provider did not say */
    public static @Nullable Points orNull(@Nullable BigDecimal amount) {
        return amount == null ? null : of(amount);
    }
}
