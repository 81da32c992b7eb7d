package hoopoe.store.dispatch;

import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchId;
import hoopoe.message.SortableTime;
import hoopoe.message.Surrogates;
import hoopoe.store.Attributes;
import hoopoe.store.DueIndex;
import hoopoe.store.Keys;
import hoopoe.store.table.Write;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Conditions and changes that the writes of a dispatch share. */
public final class DispatchWrites {

    /** State and fence are as they were read: no other writer has changed the dispatch. */
    static final String AS_SEEN = "{state} = ? AND {fence} = ?";

    /** UTF-16 units of a provider's text, kept for operators in an item of at most 1 KB. */
    private static final int WORDS = 200;

    private DispatchWrites() {}

    public static Write at(DispatchId id) {
        return Write.update(Keys.dispatch(id.batch(), id.n()));
    }

    static Write note(Write write, @Nullable String code, @Nullable String text) {
        return write.set(DispatchItem.CODE, code)
                .set(DispatchItem.TEXT, text == null || text.isEmpty() ? null : Surrogates.cut(text, WORDS));
    }

    /** Lists the dispatch as unconfirmed, because it may have been sent. */
    static Write doubt(Write write, Instant now) {
        return write.set(DispatchItem.UNCONFIRMED, now)
                .set(Attributes.LIST, Keys.unconfirmed(LocalDate.ofInstant(now, ZoneOffset.UTC)))
                .set(
                        Attributes.LIST_AT,
                        SortableTime.of(now)
                                + '#'
                                + write.key().pk()
                                + '#'
                                + write.key().sk());
    }

    public static Write certain(Write write) {
        return write.remove(Attributes.LIST).remove(Attributes.LIST_AT);
    }

    /** Holds only where the dispatch is at rest, as it was read. */
    public static Write checkAtRest(Dispatch seen) {
        var check = Write.check(Keys.dispatch(seen.id().batch(), seen.id().n()))
                .when("{state} = ?", seen.state().label());
        return whenQuiet(DueIndex.whenNever(check), seen.checks().events());
    }

    /** Holds only where no callback was counted since the dispatch was read. */
    public static Write whenQuiet(Write write, int events) {
        return events == 0
                ? write.when("attribute_not_exists({events}) OR {events} = ?", 0)
                : write.when("{events} = ?", events);
    }
}
