package hoopoe.provider;

import java.math.BigDecimal;
import java.time.Instant;

/** Points left on an account, as the provider said at {@code asOf}. */
public record Credit(BigDecimal points, Instant asOf) {}
