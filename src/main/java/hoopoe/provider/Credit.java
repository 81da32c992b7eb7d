package hoopoe.provider;

import java.math.BigDecimal;
import java.time.Instant;

/** Points left on an account, as of the provider's answer at {@code asOf}. */
public record Credit(BigDecimal points, Instant asOf) {}
