package hoopoe.api.credit;

import hoopoe.provider.Points;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

@RegisterForReflection
record CreditResponse(String account, Points points, Instant asOf) {}
