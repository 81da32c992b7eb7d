package hoopoe.delivery.check;

import hoopoe.batch.Batch;
import hoopoe.batch.Recipient;
import hoopoe.delivery.EffectiveStatus;
import hoopoe.delivery.Usage;
import hoopoe.delivery.Usage.UsageCount;
import hoopoe.message.MessageState;
import hoopoe.message.Segments;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts what the messages of a dispatch took. Points are what the provider said of each message. Where it said what the whole
 * dispatch took, and its messages do not add up to that, the dispatch's points are shared: by segments, among the messages that the
 * provider sent. They always add up to what the dispatch took, less what was given back.
 */
final class UsageCalculator {

    /** Decimal places of a share; the state with the most segments gets what is left. */
    private static final int PLACES = 4;

    /** Of these the provider takes nothing, unless all messages are so. */
    private static final Set<MessageState> FREE =
            EnumSet.of(MessageState.CANCELLED, MessageState.REJECTED, MessageState.EXPIRED);

    private UsageCalculator() {}

    static Usage usage(EffectiveStatus status, List<Recipient> recipients) {
        var counts = new TreeMap<String, UsageCount>();
        var segmentsOf = new HashMap<String, Integer>();
        for (var recipient : recipients) {
            int segments = recipient.erased() == null
                    ? segmentsOf.computeIfAbsent(
                            text(status.batch(), recipient), text -> segments(status.batch(), text))
                    : recipient.erased().segments();
            var cost = status.report().line(recipient.n()).history().cost();
            var seconds = status.timeToDelivery(recipient).map(Duration::toSeconds);
            counts.merge(
                    status.of(recipient).label(),
                    new UsageCount(1, segments, cost, seconds.isPresent() ? 1 : 0, seconds.orElse(0L)),
                    UsageCount::plus);
        }
        var taken = taken(status);
        var told = counts.values().stream().reduce(UsageCount.NONE, UsageCount::plus);
        if (taken != null && (told.points() == null || told.points().compareTo(taken) != 0)) {
            share(taken, counts);
        }
        return new Usage(counts);
    }

    private static String text(Batch batch, Recipient recipient) {
        return recipient.text() == null ? batch.content().text() : recipient.text();
    }

    private static int segments(Batch batch, String text) {
        return batch.content().binary() == null ? Segments.of(text).parts() : Segments.ofBytes(text.length() / 2);
    }

    private static @Nullable BigDecimal taken(EffectiveStatus status) {
        var cost = status.dispatch().submission().cost();
        var refunded = status.dispatch().cancellation().refunded();
        return cost == null || refunded == null ? cost : cost.subtract(refunded);
    }

    private static void share(BigDecimal taken, Map<String, UsageCount> counts) {
        boolean free = counts.keySet().stream().map(MessageState::of).allMatch(FREE::contains);
        counts.replaceAll((label, count) ->
                new UsageCount(count.messages(), count.segments(), BigDecimal.ZERO, count.timed(), count.seconds()));
        var sharing = counts.entrySet().stream()
                .filter(count -> free || !FREE.contains(MessageState.of(count.getKey())))
                .toList();
        long all =
                sharing.stream().mapToLong(count -> count.getValue().segments()).sum();
        var left = taken;
        for (var count : sharing) {
            var segments = BigDecimal.valueOf(count.getValue().segments());
            var part = taken.multiply(segments)
                    .divide(BigDecimal.valueOf(Math.max(all, 1)), Math.max(PLACES, taken.scale()), RoundingMode.DOWN);
            left = left.subtract(part);
            counts.merge(count.getKey(), new UsageCount(0, 0, part), UsageCount::plus);
        }
        var most = sharing.stream()
                .max(Comparator.comparingLong(count -> count.getValue().segments()))
                .orElseThrow();
        counts.merge(most.getKey(), new UsageCount(0, 0, left), UsageCount::plus);
    }
}
