package hoopoe.store.dispatch;

import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.Dispatch.Cancellation;
import hoopoe.dispatch.Dispatch.Checks;
import hoopoe.dispatch.Dispatch.Claim;
import hoopoe.dispatch.Dispatch.Submission;
import hoopoe.dispatch.DispatchId;
import hoopoe.dispatch.DispatchState;
import hoopoe.dispatch.ResendHistory;
import hoopoe.store.Attributes;
import hoopoe.store.DueIndex;
import hoopoe.store.Keys;
import hoopoe.store.batch.BatchItem;
import hoopoe.store.table.Item;

/** Maps a dispatch to its item and back. The stream's filter in {@code template.yaml} uses {@code kind} and {@code state}. */
public final class DispatchItem {

    static final String KIND = "DISPATCH";
    public static final String STATE = "state";
    static final String ATTEMPTS = "attempts";
    static final String FENCE = "fence";
    public static final String CHECK_FENCE = "check_fence";
    public static final String DEADLINE = "deadline";
    public static final String REFERENCE = "reference";
    public static final String SUBMITTED = "submitted";
    public static final String CODE = "code";
    public static final String TEXT = "text";
    static final String COST = "cost";
    static final String UNSENT = "unsent";
    public static final String COUNTS = "counts";
    public static final String COUNTED_AT = "counted_at";
    /** What was counted of its messages in the usage of their caller. */
    public static final String USAGE = "usage";

    public static final String EVENTS = "events";
    public static final String PAGE = "page";
    static final String DELETED = "deleted";
    static final String REFUNDED = "refunded";
    static final String RESENDS = "resends";
    static final String CLAIMED = "claimed";
    static final String UNCONFIRMED = "unconfirmed";
    static final String RESENT = "resent";
    public static final String EARLIER = "earlier";
    static final String WORDS = "words";
    public static final String REFERENCE_SAID = "reference_said";

    private DispatchItem() {}

    public static Item of(Dispatch dispatch) {
        var claim = dispatch.claim();
        var submission = dispatch.submission();
        var checks = dispatch.checks();
        var item = Item.of(Keys.dispatch(dispatch.id().batch(), dispatch.id().n()))
                .with(Attributes.KIND, KIND)
                .with("batch", dispatch.id().batch())
                .with("n", dispatch.id().n())
                .with("account", dispatch.account())
                .with(STATE, dispatch.state().label())
                .with("size", dispatch.size())
                .with(ATTEMPTS, claim.attempt())
                .with(FENCE, claim.fence())
                .with(CHECK_FENCE, checks.fence())
                .with(DEADLINE, claim.deadline())
                .with(REFERENCE, submission.reference())
                .with(SUBMITTED, submission.submitted())
                .with(CODE, submission.code())
                .with(TEXT, submission.text())
                .with(COST, submission.cost())
                .with(UNSENT, submission.unsent())
                .with(COUNTS, checks.counts())
                .with(COUNTED_AT, checks.countedAt())
                .with(EVENTS, checks.events())
                .with(PAGE, checks.page())
                .with(DELETED, dispatch.cancellation().deleted())
                .with(REFUNDED, dispatch.cancellation().refunded())
                .with(RESENDS, dispatch.tries().resends())
                .with(CLAIMED, dispatch.tries().claimed())
                .with("created", dispatch.lifetime().created())
                .with(Attributes.CORRELATION, dispatch.correlation())
                .with(Attributes.EXPIRES_AT, dispatch.lifetime().expires().getEpochSecond());
        return DueIndex.with(item, dispatch.due());
    }

    public static Dispatch read(Item item) {
        return new Dispatch(
                new DispatchId(item.text("batch"), item.number("n")),
                item.text("account"),
                item.number("size"),
                DispatchState.of(item.text(STATE)),
                new Claim(item.number(ATTEMPTS), item.number(FENCE), item.instant(DEADLINE)),
                submission(item),
                checks(item),
                DueIndex.of(item),
                new Cancellation(item.has(DELETED) ? item.number(DELETED) : null, item.decimal(REFUNDED)),
                tries(item),
                BatchItem.lifetime(item),
                item.textOrNull(Attributes.CORRELATION));
    }

    private static Submission submission(Item item) {
        return new Submission(
                item.textOrNull(REFERENCE),
                item.instant(SUBMITTED),
                item.textOrNull(CODE),
                item.textOrNull(TEXT),
                item.decimal(COST),
                item.number(UNSENT));
    }

    private static Checks checks(Item item) {
        return new Checks(
                item.number(CHECK_FENCE),
                item.number(EVENTS),
                item.number(PAGE),
                item.counts(COUNTS),
                item.instant(COUNTED_AT));
    }

    private static ResendHistory tries(Item item) {
        return new ResendHistory(
                item.number(RESENDS),
                item.instant(CLAIMED),
                item.instant(UNCONFIRMED),
                item.instant(RESENT),
                item.texts(EARLIER),
                item.number(WORDS),
                item.flag(REFERENCE_SAID));
    }
}
