package hoopoe.store.delivery;

import hoopoe.delivery.CheckState;
import hoopoe.delivery.Usage;
import hoopoe.delivery.Usage.CallerUsage;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchId;
import hoopoe.dispatch.DispatchState;
import hoopoe.store.DueIndex;
import hoopoe.store.Keys;
import hoopoe.store.batch.BatchItem;
import hoopoe.store.dispatch.DispatchItem;
import hoopoe.store.dispatch.DispatchWrites;
import hoopoe.store.table.ConflictRetry;
import hoopoe.store.table.ConflictRetry.ContentionException;
import hoopoe.store.table.Table;
import hoopoe.store.table.Write;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The writes of checks and callbacks on dispatches that were sent, or may have been. Checks have a fence and a lease of their
 * own; callbacks only count.
 */
@ApplicationScoped
public class CheckRepository {

    /** How long after a counted callback the next check may be. */
    private static final Duration SOON = Duration.ofSeconds(60);

    private static final String MINE = "{check_fence} = ?";
    private static final String HELD = "check_until";
    private static final String POLLED = "polled_at";
    private static final String FAILURES = "check_failures";
    private static final String FAILURE = "check_failure";
    private static final String REPLIES = "page_replies";

    private final Table table;
    private final Clock clock;

    public CheckRepository(Table table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    /** Strongly consistent. */
    public Optional<CheckState> find(DispatchId id) {
        return table.get(Keys.dispatch(id.batch(), id.n()))
                .map(item -> new CheckState(
                        DispatchItem.read(item),
                        item.instant(POLLED),
                        item.number(FAILURES),
                        item.textOrNull(FAILURE),
                        item.has(REPLIES) ? item.number(REPLIES) : null,
                        item.instant(HELD),
                        item.find(DispatchItem.USAGE).map(Usage::read).orElse(null)));
    }

    /**
     * Takes the right to check a dispatch. It stays due: a tick that finds it when the lease is over checks it again.
     *
     * @return empty where another worker checks it, or the dispatch has changed since it was read
     */
    public Optional<CheckState> begin(CheckState seen, Instant until, Instant now) {
        var begun = seen.begun(until);
        var write = at(seen.id())
                .set(DispatchItem.CHECK_FENCE, begun.dispatch().checks().fence())
                .set(HELD, until)
                .when(MINE, seen.dispatch().checks().fence())
                .when("{state} = ?", seen.dispatch().state().label())
                .when("attribute_not_exists({check_until}) OR {check_until} <= ?", now)
                .checkAttempt();
        return ConflictRetry.apply(table, write, "check") ? Optional.of(begun) : Optional.empty();
    }

    /** Notes that report pages up to this one are merged. @return whether the check still holds its fence */
    public boolean page(CheckState check, int page) {
        return ConflictRetry.apply(
                table, mine(check).set(DispatchItem.PAGE, page).remove(REPLIES), "check");
    }

    /**
     * Writes the result of a check. Where a callback or a cancellation was counted since the dispatch was read, the next check
     * is at once, whatever the result says: the check may not have seen it. So it is where the dispatch is to leave the
     * {@code due} index, and another writer has set its due time.
     *
     * <p>What the messages took more than was counted is counted with it, or not at all: the dispatch says what was counted.
     *
     * @return whether the result is written as it says, and the check still held its fence
     */
    public boolean end(CheckState check, CheckResult checkResult) {
        var quiet = DispatchWrites.whenQuiet(ended(check, checkResult), checkResult.events());
        if (checkResult.due() == null) {
            DueIndex.whenStill(quiet, Objects.requireNonNull(check.dispatch().due()));
        }
        if (isCounted(check, checkResult, DueIndex.set(quiet, checkResult.due()))) {
            return true;
        }
        isCounted(check, checkResult, DueIndex.set(ended(check, checkResult), checkResult.at()));
        return false;
    }

    private boolean isCounted(CheckState check, CheckResult checkResult, Write write) {
        var now = checkResult.usage();
        var counted = Objects.requireNonNullElse(check.counted(), Usage.NONE);
        // A check that lost its lease may have counted since the dispatch was read.
        if (check.counted() == null) {
            write.when("attribute_not_exists({usage})");
        } else {
            write.when("{usage} = ?", check.counted().text());
        }
        if (now == null || now.usage().since(counted).isEmpty()) {
            return ConflictRetry.apply(table, write, "check");
        }
        write.set(DispatchItem.USAGE, now.usage().text());
        return ConflictRetry.transact(
                table, tried -> List.of(write, UsageRepository.add(check.dispatch(), now, counted, tried)), "check");
    }

    private static Write ended(CheckState check, CheckResult checkResult) {
        var write = mine(check);
        if (checkResult.state() != check.dispatch().state()) {
            // the reason why it was unconfirmed: it no longer is
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
                .checkAttempt();
    }

    /** Postpones the check, because something of ours failed before or during it. */
    public void postpone(Dispatch seen, Instant due, String failure) {
        var write = DueIndex.set(at(seen.id()), due)
                .add(FAILURES, 1)
                .set(FAILURE, failure)
                .remove(HELD)
                .when(
                        "{check_fence} = ? OR {check_fence} = ?",
                        seen.checks().fence(),
                        seen.checks().fence() + 1)
                .when("{state} = ?", seen.state().label());
        ConflictRetry.apply(table, write, "check");
    }

    /**
     * Counts a callback, and makes sure of a check within a minute.
     *
     * @throws ContentionException where conflicts with other writers outlast the retries
     */
    public void count(DispatchId id) {
        var now = clock.instant();
        var soon = DueIndex.upTo(now.plus(SOON));
        // The due time may change between the two writes; sooner or later one of them matches it.
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

    /** Notes in the batch, before the dispatch leaves the {@code due} index, that all its messages are final or settled. */
    public void settle(DispatchId id) {
        var write = Write.update(Keys.batch(id.batch()))
                .add(BatchItem.SETTLED, Set.of(id.n()))
                .when("attribute_exists({pk})");
        ConflictRetry.apply(table, write, "batch");
    }

    /** Resets the checks for the next try, as if the provider was never polled. Refused while a check is running. */
    public static Write forget(Write write, Instant now) {
        return anew(write).when("attribute_not_exists({check_until}) OR {check_until} <= ?", now);
    }

    /** Resets the checks, as if the provider was never polled: a running check ends without effect. */
    public static Write anew(Write write) {
        return write.add(DispatchItem.CHECK_FENCE, 1)
                .remove(HELD)
                .remove(POLLED)
                .remove(FAILURES)
                .remove(FAILURE)
                .remove(DispatchItem.PAGE)
                .remove(REPLIES);
    }

    private static Write mine(CheckState check) {
        return at(check.id()).when(MINE, check.dispatch().checks().fence());
    }

    private static Write at(DispatchId id) {
        return Write.update(Keys.dispatch(id.batch(), id.n()));
    }

    /**
     * The result of a check.
     *
     * @param state of the dispatch; unchanged, or what the evidence made of it
     * @param events of the dispatch, from before the evidence was read
     * @param counts messages by state label
     * @param at when they were counted
     * @param page report pages merged in an unfinished poll; 0 where it is finished
     * @param replies how many replies of the next page are stored, where that page was begun; null where it was not
     * @param polled when a poll was last finished; null for never
     * @param failures failed polls in a row
     * @param failure code of the last of them; null where the last poll did not fail
     * @param due the next check; null for never again
     * @param usage what its messages take; null where they have not settled yet
     */
    public record CheckResult(
            DispatchState state,
            int events,
            Map<String, Integer> counts,
            Instant at,
            int page,
            @Nullable Integer replies,
            @Nullable Instant polled,
            int failures,
            @Nullable String failure,
            @Nullable Instant due,
            @Nullable CallerUsage usage) {}
}
