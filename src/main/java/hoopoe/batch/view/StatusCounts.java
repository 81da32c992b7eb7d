package hoopoe.batch.view;

import hoopoe.batch.Batch;
import hoopoe.batch.BatchState;
import hoopoe.delivery.EffectiveStatus;
import hoopoe.dispatch.Dispatch;
import hoopoe.message.MessageState;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many messages of a batch are in which state.
 *
 * @param asOf when the oldest of the counts was taken
 * @param settled whether no message is awaited any more
 */
record StatusCounts(Map<MessageState, Integer> counts, Instant asOf, boolean settled) {

    BatchState state() {
        return BatchState.of(counts, settled);
    }

    Map<String, Integer> labelled() {
        var labelled = new LinkedHashMap<String, Integer>();
        counts.forEach((state, count) -> labelled.put(state.label(), count));
        return labelled;
    }

    /**
     * The counts of the last checks.
     *
     * @param dispatches those that exist; messages of the other dispatches count as accepted
     */
    static StatusCounts counted(Batch batch, List<Dispatch> dispatches, Instant now) {
        var counts = new EnumMap<MessageState, Integer>(MessageState.class);
        var asOf = now;
        int missing = batch.accepted();
        for (var dispatch : dispatches) {
            missing -= dispatch.size();
            var countedAt = dispatch.checks().countedAt();
            if (countedAt == null || dispatch.checks().counts().isEmpty()) {
                add(
                        counts,
                        EffectiveStatus.withoutFacts(dispatch, batch.window().sendAt()),
                        dispatch.size());
            } else {
                dispatch.checks().counts().forEach((label, count) -> add(counts, MessageState.of(label), count));
                asOf = countedAt.isBefore(asOf) ? countedAt : asOf;
            }
        }
        add(counts, MessageState.ACCEPTED, missing);
        return new StatusCounts(counts, asOf, batch.progress().settled().size() == batch.dispatches());
    }

    /** The sums over all dispatches, each just counted by message. */
    static StatusCounts of(List<Map<String, Integer>> all, boolean settled, Instant now) {
        var counts = new EnumMap<MessageState, Integer>(MessageState.class);
        all.forEach(some -> some.forEach((label, count) -> add(counts, MessageState.of(label), count)));
        return new StatusCounts(counts, now, settled);
    }

    private static void add(Map<MessageState, Integer> counts, MessageState state, int more) {
        if (more > 0) {
            counts.merge(state, more, Integer::sum);
        }
    }
}
