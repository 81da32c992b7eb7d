package hoopoe.api.status;

import hoopoe.api.http.ApiRequest;
import hoopoe.api.http.ApiResponse;
import hoopoe.api.http.QueryParameters;
import hoopoe.api.http.ResponseSizeLimit;
import hoopoe.batch.view.UsageReader;
import hoopoe.batch.view.UsageReader.UsagePeriod;
import hoopoe.store.delivery.UsageRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code GET /v1/usage}. */
@ApplicationScoped
class UsageRoute {

    private static final String JSON = "application/json";
    private static final Duration MOST_HOURS = Duration.ofDays(31);
    private static final int USUAL_DAYS = 29;
    private static final int USUAL_HOURS = 24;

    private final UsageReader usageReader;
    private final Clock clock;

    UsageRoute(UsageReader usageReader, Clock clock) {
        this.usageReader = usageReader;
        this.clock = clock;
    }

    ApiResponse usage(ApiRequest apiRequest) {
        var usage = usageReader.read(apiRequest.grant(), period(apiRequest.query("from", "until", "by")));
        var rows =
                Stream.concat(usage.usage().stream(), usage.totals().stream()).toList();
        if (ResponseSizeLimit.of(rows).size() < rows.size()) {
            throw QueryParameters.wrong("from", "is so long before \"until\" that the answer is too large");
        }
        var csv = apiRequest.accepted(JSON, UsageCsv.TYPE).equals(UsageCsv.TYPE);
        return (csv ? UsageCsv.of(usage) : ApiResponse.ok(usage)).header("Vary", "Accept");
    }

    private UsagePeriod period(QueryParameters queryParameters) {
        var by = queryParameters.text("by").map(UsageRoute::unit).orElse(ChronoUnit.DAYS);
        var until = hour(queryParameters, "until")
                .orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS));
        var from = hour(queryParameters, "from").orElseGet(() -> usual(until, by));
        if (!from.isBefore(until)) {
            throw QueryParameters.wrong("from", "is not before \"until\"");
        }
        var most = by == ChronoUnit.HOURS ? MOST_HOURS : UsageRepository.KEPT;
        if (Duration.between(from, until).compareTo(most) > 0) {
            throw QueryParameters.wrong("from", "is more than " + most.toDays() + " days before \"until\"");
        }
        return new UsagePeriod(from, until, by);
    }

    /** The last hour or day is the one that is not over. */
    private static Instant usual(Instant until, ChronoUnit by) {
        return by == ChronoUnit.HOURS
                ? until.minus(USUAL_HOURS, ChronoUnit.HOURS)
                : until.minusNanos(1).truncatedTo(ChronoUnit.DAYS).minus(USUAL_DAYS, ChronoUnit.DAYS);
    }

    private static Optional<Instant> hour(QueryParameters queryParameters, String name) {
        var at = queryParameters.instant(name);
        if (at.filter(then -> !then.equals(then.truncatedTo(ChronoUnit.HOURS))).isPresent()) {
            throw QueryParameters.wrong(name, "is no whole hour in UTC");
        }
        return at;
    }

    private static ChronoUnit unit(String name) {
        return switch (name) {
            case "day" -> ChronoUnit.DAYS;
            case "hour" -> ChronoUnit.HOURS;
            default -> throw QueryParameters.wrong("by", "is neither \"day\" nor \"hour\"");
        };
    }
}
