package hoopoe.credit;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.time.Instant;

@RegisterForReflection
record CreditResponse(String account, BigDecimal points, Instant asOf) {}
