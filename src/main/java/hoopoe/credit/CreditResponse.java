package hoopoe.credit;

import io.quarkus.runtime.annotations.RegisterForReflection;
import hoopoe.provider.Points;
import java.time.Instant;

@RegisterForReflection
record CreditResponse(String account, Points points, Instant asOf) {}
