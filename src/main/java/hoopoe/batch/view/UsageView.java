package hoopoe.batch.view;

import hoopoe.provider.Points;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What messages took, as the API shows it.
 *
 * @param by {@code day} or {@code hour}
 * @param usage ascending by period, caller, account and state
 * @param totals the same without periods
 */
@RegisterForReflection
public record UsageView(Instant from, Instant until, String by, List<UsageRow> usage, List<UsageRow> totals) {

    /**
     * @param period when the day or the hour begins, in which the batches were created; null for all of the time asked for
     * @param caller who owns the messages
     * @param segments over the air
     * @param points as the provider said; null where it said nothing
     * @param delivery null where no time is known
     */
    @RegisterForReflection
    public record UsageRow(
            @Nullable Instant period,
            String caller,
            String account,
            String state,
            long messages,
            long segments,
            @Nullable Points points,
            @Nullable DeliveryTimes delivery) {}

    /**
     * How long deliveries took.
     *
     * @param messages how many have a known time
     * @param seconds of these messages together
     */
    @RegisterForReflection
    public record DeliveryTimes(long messages, long seconds) {}
}
