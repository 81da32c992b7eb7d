package hoopoe.batch.view;

import hoopoe.batch.Batch;
import hoopoe.dispatch.DecisionRecord;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What happened to a batch, earliest first. */
final class Timeline {

    private final List<BatchView.TimelineEntry> entries = new ArrayList<>();

    private Timeline() {}

    /** @param audits operator decisions on a dispatch */
    static List<BatchView.TimelineEntry> of(
            Batch batch, List<Dispatch> dispatches, Function<Dispatch, List<DecisionRecord>> audits) {
        var timeline = new Timeline();
        timeline.add(batch.lifetime().created(), "created", null);
        timeline.add(batch.progress().erase(), "cancel_requested", null);
        dispatches.forEach(dispatch -> timeline.add(dispatch, audits.apply(dispatch)));
        timeline.entries.sort(Comparator.comparing(BatchView.TimelineEntry::at));
        return timeline.entries;
    }

    private void add(Dispatch dispatch, List<DecisionRecord> audits) {
        int n = dispatch.id().n();
        for (var decisionRecord : audits) {
            add(decisionRecord.unconfirmed(), DispatchState.UNCONFIRMED.label(), n);
            entries.add(new BatchView.TimelineEntry(
                    decisionRecord.at(),
                    decisionRecord.word().name().toLowerCase(Locale.ROOT),
                    n,
                    decisionRecord.by(),
                    decisionRecord.caller(),
                    decisionRecord.reference(),
                    decisionRecord.note()));
        }
        var last = dispatch.tries().unconfirmed();
        if (last != null && audits.stream().noneMatch(decisionRecord -> last.equals(decisionRecord.unconfirmed()))) {
            add(last, DispatchState.UNCONFIRMED.label(), n);
        }
        add(dispatch.submission().submitted(), "submitted", n);
        add(dispatch.checks().countedAt(), "checked", n);
    }

    private void add(@Nullable Instant at, String event, @Nullable Integer dispatch) {
        if (at != null) {
            entries.add(new BatchView.TimelineEntry(at, event, dispatch, null, null, null, null));
        }
    }
}
