package hoopoe.batch.view;

import hoopoe.store.Audit;
import hoopoe.store.Batch;
import hoopoe.store.Dispatch;
import hoopoe.store.DispatchState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What happened to a batch, the earliest first. */
final class Timeline {

    private final List<BatchView.Entry> entries = new ArrayList<>();

    private Timeline() {}

    /** @param audits what operators said of a dispatch */
    static List<BatchView.Entry> of(Batch batch, List<Dispatch> dispatches, Function<Dispatch, List<Audit>> audits) {
        var timeline = new Timeline();
        timeline.add(batch.created(), "created", null);
        timeline.add(batch.erase(), "cancel_requested", null);
        dispatches.forEach(dispatch -> timeline.add(dispatch, audits.apply(dispatch)));
        timeline.entries.sort(Comparator.comparing(BatchView.Entry::at));
        return timeline.entries;
    }

    private void add(Dispatch dispatch, List<Audit> audits) {
        for (var audit : audits) {
            add(audit.unconfirmed(), DispatchState.UNCONFIRMED.label(), dispatch.n());
            entries.add(new BatchView.Entry(
                    audit.at(),
                    audit.word().name().toLowerCase(Locale.ROOT),
                    dispatch.n(),
                    audit.by(),
                    audit.caller(),
                    audit.reference(),
                    audit.note()));
        }
        var last = dispatch.tries().unconfirmed();
        if (last != null && audits.stream().noneMatch(audit -> last.equals(audit.unconfirmed()))) {
            add(last, DispatchState.UNCONFIRMED.label(), dispatch.n());
        }
        add(dispatch.submitted(), "submitted", dispatch.n());
        add(dispatch.countedAt(), "checked", dispatch.n());
    }

    private void add(@Nullable Instant at, String event, @Nullable Integer dispatch) {
        if (at != null) {
            entries.add(new BatchView.Entry(at, event, dispatch, null, null, null, null));
        }
    }
}
