package hoopoe.batch.view;

import hoopoe.access.Grant;
import hoopoe.access.Scope;
import hoopoe.batch.view.UsageView.DeliveryTimes;
import hoopoe.batch.view.UsageView.UsageRow;
import hoopoe.delivery.Usage.HourUsage;
import hoopoe.delivery.Usage.UsageCount;
import hoopoe.provider.Points;
import hoopoe.store.delivery.UsageRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Adds up what messages took. */
@ApplicationScoped
public class UsageReader {

    private final UsageRepository usageRepository;

    public UsageReader(UsageRepository usageRepository) {
        this.usageRepository = usageRepository;
    }

    /**
     * @param from a whole hour; the first that counts
     * @param until a whole hour; the first that does not
     * @param by {@link ChronoUnit#DAYS} or {@link ChronoUnit#HOURS}
     */
    public record UsagePeriod(Instant from, Instant until, ChronoUnit by) {}

    /** By when it begins; null for all time. */
    private record UsageGroup(@Nullable Instant period, String caller, String account, String state) {

        private static final Comparator<UsageGroup> ORDER = Comparator.comparing(
                        UsageGroup::period, Comparator.nullsFirst(Comparator.naturalOrder()))
                .thenComparing(UsageGroup::caller)
                .thenComparing(UsageGroup::account)
                .thenComparing(UsageGroup::state);

        UsageGroup ofAllTime() {
            return new UsageGroup(null, caller, account, state);
        }
    }

    /** Of the caller's own messages; with {@link Scope#ACCOUNTS_ADMIN}, of all whose keys are of the same kind. */
    public UsageView read(Grant grant, UsagePeriod period) {
        var own = grant.allows(Scope.ACCOUNTS_ADMIN) ? null : grant.owner();
        var groups = new TreeMap<UsageGroup, UsageCount>(UsageGroup.ORDER);
        var last = day(period.until().minusNanos(1));
        for (var day = day(period.from()); !day.isAfter(last); day = day.plusDays(1)) {
            for (var usage : usageRepository.of(day, own)) {
                var hour = day.atStartOfDay().plusHours(usage.hour()).toInstant(ZoneOffset.UTC);
                if (!hour.isBefore(period.from())
                        && hour.isBefore(period.until())
                        && grant.looksAfter(usage.caller())) {
                    add(usage, hour.truncatedTo(period.by()), groups);
                }
            }
        }
        var totals = new TreeMap<UsageGroup, UsageCount>(UsageGroup.ORDER);
        groups.forEach((group, count) -> totals.merge(group.ofAllTime(), count, UsageCount::plus));
        return new UsageView(
                period.from(),
                period.until(),
                period.by() == ChronoUnit.DAYS ? "day" : "hour",
                rows(groups),
                rows(totals));
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    private static void add(HourUsage usage, Instant period, Map<UsageGroup, UsageCount> groups) {
        usage.counts()
                .forEach((state, count) -> groups.merge(
                        new UsageGroup(period, usage.caller(), usage.account(), state), count, UsageCount::plus));
    }

    /** Without states that messages had, and have no more. */
    private static List<UsageRow> rows(Map<UsageGroup, UsageCount> groups) {
        return groups.entrySet().stream()
                .filter(group -> !group.getValue().isZero())
                .map(group -> new UsageRow(
                        group.getKey().period(),
                        group.getKey().caller(),
                        group.getKey().account(),
                        group.getKey().state(),
                        group.getValue().messages(),
                        group.getValue().segments(),
                        Points.orNull(group.getValue().points()),
                        delivery(group.getValue())))
                .toList();
    }

    private static @Nullable DeliveryTimes delivery(UsageCount count) {
        return count.timed() == 0 ? null : new DeliveryTimes(count.timed(), count.seconds());
    }
}
