package hoopoe.provider;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What providers count in, as the API and a stored estimate write it: {@code {"unit":"points","amount":"2.0"}}.
 *
 * @param amount plain decimal digits, with one place after the point or as many as it takes
 */
@RegisterForReflection
public record Points(String unit, String amount) {

    public static Points of(BigDecimal amount) {
        var shortest = amount.stripTrailingZeros();
        return new Points(
                "points", shortest.setScale(Math.max(1, shortest.scale())).toPlainString());
    }

    /** @return null for null: nobody said */
    public static @Nullable Points orNull(@Nullable BigDecimal amount) {
        return amount == null ? null : of(amount);
    }
}
