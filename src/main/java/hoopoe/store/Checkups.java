package hoopoe.store;

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
public class Checkups {

    /** How far away a check may be after a callback has been counted. */
    private static final Duration SOON = Duration.ofSeconds(60);

    private static final String MINE = "{check_fence} = ?";
    private static final String HELD = "check_until";
    private static final String POLLED = "polled_at";
    private static final String FAILURES = "check_failures";
    private static final String FAILURE = "check_failure";
    private static final String REPLIES = "page_replies";

    private final Table table;

    public Checkups(Table table) {
        this.table = table;
    }

    /** As it is now: strongly consistent. */
    public Optional<Checkup> find(DispatchId id) {
        return table.get(Keys.dispatch(id.batch(), id.n()))
                .map(item -> new Checkup(
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
    public Optional<Checkup> begin(Checkup seen, Instant until, Instant now) {
        var begun = seen.begun(until);
        var write = at(seen.id())
                .set(DispatchItem.CHECK_FENCE, begun.dispatch().checkFence())
                .set(HELD, until)
                .when(MINE, seen.dispatch().checkFence())
                .when("{state} = ?", seen.dispatch().state().label())
                .when("attribute_not_exists({check_until}) OR {check_until} <= ?", now)
                .attempt(Write.CHECK_ATTEMPT, token());
        return Insistence.apply(table, write, "check") ? Optional.of(begun) : Optional.empty();
    }

    /** Report pages up to this one are joined. @return whether the right to check is still ours */
    public boolean page(Checkup check, int page) {
        return Insistence.apply(table, mine(check).set(DispatchItem.PAGE, page).remove(REPLIES), "check");
    }

    /**
     * Writes what a check found. Where a callback, or the wish to cancel it, was counted since the dispatch was read, the
     * next check is now, whatever the check says: it may not have seen that event.
     *
     * @return whether it is over: nothing was counted meanwhile, and the right to check was still ours
     */
    public boolean end(Checkup check, Checked checked) {
        var quiet = DispatchWrite.whenQuiet(ended(check, checked), checked.events());
        if (Insistence.apply(table, Due.set(quiet, checked.due()), "check")) {
            return true;
        }
        Insistence.apply(table, Due.set(ended(check, checked), checked.at()), "check");
        return false;
    }

    private static Write ended(Checkup check, Checked checked) {
        var write = mine(check);
        if (checked.state() != check.dispatch().state()) {
            // why it was in doubt: it no longer is
            DispatchWrite.certain(write).remove(DispatchItem.CODE).remove(DispatchItem.TEXT);
        }
        return write.set(DispatchItem.STATE, checked.state().label())
                .set(DispatchItem.COUNTS, checked.counts())
                .set(DispatchItem.COUNTED_AT, checked.at())
                .set(DispatchItem.PAGE, checked.page())
                .set(REPLIES, checked.replies())
                .set(POLLED, checked.polled())
                .set(FAILURES, checked.failures())
                .set(FAILURE, checked.failure())
                .remove(HELD)
                .when("{state} = ?", check.dispatch().state().label())
                .attempt(Write.CHECK_ATTEMPT, token());
    }

    /** Leaves it for later: something of ours failed, before or while we checked it. */
    public void postpone(Dispatch seen, Instant due, String failure) {
        var write = Due.set(at(seen.id()), due)
                .add(FAILURES, 1)
                .set(FAILURE, failure)
                .remove(HELD)
                .when("{check_fence} = ? OR {check_fence} = ?", seen.checkFence(), seen.checkFence() + 1)
                .when("{state} = ?", seen.state().label());
        Insistence.apply(table, write, "check");
    }

    /**
     * Counts a callback, and sees to a check within a minute.
     *
     * @throws Contended where others write the dispatch all the time
     */
    public void count(DispatchId id, Instant now) {
        var soon = Due.upTo(now.plus(SOON));
        // Between the two conditions the dispatch may change sides; sooner or later it is met where it is.
        while (!isCountedAsDue(id, soon) && !isCountedMakingDue(id, soon, now) && find(id).isPresent()) {
            Thread.onSpinWait();
        }
    }

    private boolean isCountedAsDue(DispatchId id, String soon) {
        var write = at(id).add(DispatchItem.EVENTS, 1).when("attribute_exists({pk}) AND {due_at} <= ?", soon);
        return Insistence.apply(table, write, "events");
    }

    private boolean isCountedMakingDue(DispatchId id, String soon, Instant now) {
        var write = Due.set(at(id), now)
                .add(DispatchItem.EVENTS, 1)
                .when("attribute_exists({pk}) AND (attribute_not_exists({due_at}) OR {due_at} > ?)", soon);
        return Insistence.apply(table, write, "events");
    }

    /** All messages of the dispatch are final or settled. Said of the batch before the dispatch leaves {@code due}. */
    public void settle(DispatchId id) {
        var write = Write.update(Keys.batch(id.batch()))
                .add(BatchItem.SETTLED, Set.of(id.n()))
                .when("attribute_exists({pk})");
        Insistence.apply(table, write, "batch");
    }

    /** The next try is checked as if nobody had asked yet. Refused while a check is under way. */
    static Write forget(Write write, Instant now) {
        return anew(write).when("attribute_not_exists({check_until}) OR {check_until} <= ?", now);
    }

    /** It is checked as if nobody had asked yet: a check that is under way ends without effect. */
    static Write anew(Write write) {
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

    private static Write mine(Checkup check) {
        return at(check.id()).when(MINE, check.dispatch().checkFence());
    }

    private static Write at(DispatchId id) {
        return Write.update(Keys.dispatch(id.batch(), id.n()));
    }
}
