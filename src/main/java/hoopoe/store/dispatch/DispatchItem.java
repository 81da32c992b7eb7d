package hoopoe.store.dispatch;

import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchState;
import hoopoe.dispatch.ResendHistory;
import hoopoe.store.DueIndex;
import hoopoe.store.Keys;
import hoopoe.store.batch.BatchItem;
import hoopoe.store.table.Item;
import java.time.Instant;

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
        var item = Item.of(Keys.dispatch(dispatch.batch(), dispatch.n()))
                .with(BatchItem.KIND, KIND)
                .with("batch", dispatch.batch())
                .with("n", dispatch.n())
                .with("account", dispatch.account())
                .with(STATE, dispatch.state().label())
                .with("size", dispatch.size())
                .with(ATTEMPTS, dispatch.attempt())
                .with(FENCE, dispatch.fence())
                .with(CHECK_FENCE, dispatch.checkFence())
                .with(DEADLINE, dispatch.deadline())
                .with(REFERENCE, dispatch.reference())
                .with(SUBMITTED, dispatch.submitted())
                .with(CODE, dispatch.code())
                .with(TEXT, dispatch.text())
                .with(COST, dispatch.cost())
                .with(UNSENT, dispatch.unsent())
                .with(COUNTS, dispatch.counts())
                .with(COUNTED_AT, dispatch.countedAt())
                .with(EVENTS, dispatch.events())
                .with(PAGE, dispatch.page())
                .with(DELETED, dispatch.deleted())
                .with(REFUNDED, dispatch.refunded())
                .with(RESENDS, dispatch.tries().resends())
                .with(CLAIMED, dispatch.tries().claimed())
                .with("created", dispatch.created())
                .with(BatchItem.CORRELATION, dispatch.correlation())
                .with(BatchItem.EXPIRES_AT, dispatch.expires().getEpochSecond());
        return DueIndex.with(item, dispatch.due());
    }

    public static Dispatch read(Item item) {
        return new Dispatch(
                item.text("batch"),
                item.number("n"),
                item.text("account"),
                DispatchState.of(item.text(STATE)),
                item.number("size"),
                item.number(ATTEMPTS),
                item.number(FENCE),
                item.number(CHECK_FENCE),
                item.instant(DEADLINE),
                item.textOrNull(REFERENCE),
                item.instant(SUBMITTED),
                item.textOrNull(CODE),
                item.textOrNull(TEXT),
                item.decimal(COST),
                item.number(UNSENT),
                item.counts(COUNTS),
                item.instant(COUNTED_AT),
                item.number(EVENTS),
                DueIndex.of(item),
                item.number(PAGE),
                item.has(DELETED) ? item.number(DELETED) : null,
                item.decimal(REFUNDED),
                tries(item),
                BatchItem.required(item, "created"),
                Instant.ofEpochSecond(item.longNumber(BatchItem.EXPIRES_AT)),
                item.textOrNull(BatchItem.CORRELATION));
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
