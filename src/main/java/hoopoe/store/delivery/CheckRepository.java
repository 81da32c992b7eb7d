package hoopoe.store.delivery;

import hoopoe.delivery.CheckResult;
import hoopoe.delivery.CheckState;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchId;
import hoopoe.store.DueIndex;
import hoopoe.store.Keys;
import hoopoe.store.batch.BatchItem;
import hoopoe.store.dispatch.DispatchItem;
import hoopoe.store.dispatch.DispatchWrites;
import hoopoe.store.table.ConflictRetry;
import hoopoe.store.table.ContentionException;
import hoopoe.store.table.Table;
import hoopoe.store.table.Write;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The writes of those who look after dispatches that were sent, or may have been: checks, which have a fence and a lease of
 * their own, and callbacks, which only count.
 */
@ApplicationScoped
public class CheckRepository {

    /** How far away a check may be after a callback has been counted. */
    private static final Duration SOON = Duration.ofSeconds(60);

    private static final String MINE = "{check_fence} = ?";
    private static final String HELD = "check_until";
    private static final String POLLED = "polled_at";
    private static final String FAILURES = "check_failures";
    private static final String FAILURE = "check_failure";
    private static final String REPLIES = "page_replies";

    private final Table table;

    public CheckRepository(Table table) {
        this.table = table;
    }

    /** As it is now: strongly consistent. */
    public Optional<CheckState> find(DispatchId id) {
        return table.get(Keys.dispatch(id.batch(), id.n()))
                .map(item -> new CheckState(
                        DispatchItem.read(item),
                        item.instant(POLLED),
                        item.number(FAILURES),
                        item.textOrNull(FAILURE),
                        item.has(REPLIES) ? item.number(REPLIES) : null,
                        item.instant(HELD)));
    }

    /**
     * Takes the right to check. The dispatch stays due: whoever finds it when the lease is over checks it again.
     *
     * @return empty where somebody else has it, or the dispatch is not as seen any more
     */
    public Optional<CheckState> begin(CheckState seen, Instant until, Instant now) {
        var begun = seen.begun(until);
        var write = at(seen.id())
                .set(DispatchItem.CHECK_FENCE, begun.dispatch().checkFence())
                .set(HELD, until)
                .when(MINE, seen.dispatch().checkFence())
                .when("{state} = ?", seen.dispatch().state().label())
                .when("attribute_not_exists({check_until}) OR {check_until} <= ?", now)
                .attempt(Write.CHECK_ATTEMPT, token());
        return ConflictRetry.apply(table, write, "check") ? Optional.of(begun) : Optional.empty();
    }

    /** Report pages up to this one are joined. @return whether the right to check is still ours */
    public boolean page(CheckState check, int page) {
        return ConflictRetry.apply(
                table, mine(check).set(DispatchItem.PAGE, page).remove(REPLIES), "check");
    }

    /**
     * Writes what a check found. Where a callback, or the wish to cancel it, was counted since the dispatch was read, the
     * next check is now, whatever the check says: it may not have seen that event.
     *
     * @return whether it is over: nothing was counted meanwhile, and the right to check was still ours
     */
    public boolean end(CheckState check, CheckResult checkResult) {
        var quiet = DispatchWrites.whenQuiet(ended(check, checkResult), checkResult.events());
        if (ConflictRetry.apply(table, DueIndex.set(quiet, checkResult.due()), "check")) {
            return true;
        }
        ConflictRetry.apply(table, DueIndex.set(ended(check, checkResult), checkResult.at()), "check");
        return false;
    }

    private static Write ended(CheckState check, CheckResult checkResult) {
        var write = mine(check);
        if (checkResult.state() != check.dispatch().state()) {
            // why it was in doubt: it no longer is
            DispatchWrites.certain(write).remove(DispatchItem.CODE).remove(DispatchItem.TEXT);
        }
        return write.set(DispatchItem.STATE, checkResult.state().label())
                .set(DispatchItem.COUNTS, checkResult.counts())
                .set(DispatchItem.COUNTED_AT, checkResult.at())
                .set(DispatchItem.PAGE, checkResult.page())
                .set(REPLIES, checkResult.replies())
                .set(POLLED, checkResult.polled())
                .set(FAILURES, checkResult.failures())
                .set(FAILURE, checkResult.failure())
                .remove(HELD)
                .when("{state} = ?", check.dispatch().state().label())
                .attempt(Write.CHECK_ATTEMPT, token());
    }

    /** Leaves it for later: something of ours failed, before or while we checked it. */
    public void postpone(Dispatch seen, Instant due, String failure) {
        var write = DueIndex.set(at(seen.id()), due)
                .add(FAILURES, 1)
                .set(FAILURE, failure)
                .remove(HELD)
                .when("{check_fence} = ? OR {check_fence} = ?", seen.checkFence(), seen.checkFence() + 1)
                .when("{state} = ?", seen.state().label());
        ConflictRetry.apply(table, write, "check");
    }

    /**
     * Counts a callback, and sees to a check within a minute.
     *
     * @throws ContentionException where others write the dispatch all the time
     */
    public void count(DispatchId id, Instant now) {
        var soon = DueIndex.upTo(now.plus(SOON));
        // Between the two conditions the dispatch may change sides; sooner or later it is met where it is.
        while (!isCountedAsDue(id, soon) && !isCountedMakingDue(id, soon, now) && find(id).isPresent()) {
            Thread.onSpinWait();
        }
    }

    private boolean isCountedAsDue(DispatchId id, String soon) {
        var write = at(id).add(DispatchItem.EVENTS, 1).when("attribute_exists({pk}) AND {due_at} <= ?", soon);
        return ConflictRetry.apply(table, write, "events");
    }

    private boolean isCountedMakingDue(DispatchId id, String soon, Instant now) {
        var write = DueIndex.set(at(id), now)
                .add(DispatchItem.EVENTS, 1)
                .when("attribute_exists({pk}) AND (attribute_not_exists({due_at}) OR {due_at} > ?)", soon);
        return ConflictRetry.apply(table, write, "events");
    }

    /** All messages of the dispatch are final or settled. Said of the batch before the dispatch leaves {@code due}. */
    public void settle(DispatchId id) {
        var write = Write.update(Keys.batch(id.batch()))
                .add(BatchItem.SETTLED, Set.of(id.n()))
                .when("attribute_exists({pk})");
        ConflictRetry.apply(table, write, "batch");
    }

    /** The next try is checked as if nobody had asked yet. Refused while a check is under way. */
    public static Write forget(Write write, Instant now) {
        return anew(write).when("attribute_not_exists({check_until}) OR {check_until} <= ?", now);
    }

    /** It is checked as if nobody had asked yet: a check that is under way ends without effect. */
    public static Write anew(Write write) {
        return write.add(DispatchItem.CHECK_FENCE, 1)
                .remove(HELD)
                .remove(POLLED)
                .remove(FAILURES)
                .remove(FAILURE)
                .remove(DispatchItem.PAGE)
                .remove(REPLIES);
    }

    private static String token() {
        return UUID.randomUUID().toString();
    }

    private static Write mine(CheckState check) {
        return at(check.id()).when(MINE, check.dispatch().checkFence());
    }

    private static Write at(DispatchId id) {
        return Write.update(Keys.dispatch(id.batch(), id.n()));
    }
}
