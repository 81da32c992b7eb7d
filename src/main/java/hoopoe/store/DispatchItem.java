package hoopoe.store;

import java.time.Instant;

/** A dispatch as an item. The stream's filter in {@code template.yaml} knows {@code kind} and {@code state}. */
final class DispatchItem {

    static final String KIND = "DISPATCH";
    static final String STATE = "state";
    static final String ATTEMPTS = "attempts";
    static final String FENCE = "fence";
    static final String CHECK_FENCE = "check_fence";
    static final String DEADLINE = "deadline";
    static final String REFERENCE = "reference";
    static final String SUBMITTED = "submitted";
    static final String CODE = "code";
    static final String TEXT = "text";
    static final String COST = "cost";
    static final String UNSENT = "unsent";
    static final String COUNTS = "counts";
    static final String COUNTED_AT = "counted_at";
    static final String EVENTS = "events";
    static final String PAGE = "page";
    static final String DELETED = "deleted";
    static final String REFUNDED = "refunded";
    static final String RESENDS = "resends";
    static final String CLAIMED = "claimed";
    static final String UNCONFIRMED = "unconfirmed";
    static final String RESENT = "resent";
    static final String EARLIER = "earlier";
    static final String WORDS = "words";
    static final String REFERENCE_SAID = "reference_said";

    private DispatchItem() {}

    static Item of(Dispatch dispatch) {
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
        return Due.with(item, dispatch.due());
    }

    static Dispatch read(Item item) {
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
                Due.of(item),
                item.number(PAGE),
                item.has(DELETED) ? item.number(DELETED) : null,
                item.decimal(REFUNDED),
                tries(item),
                BatchItem.required(item, "created"),
                Instant.ofEpochSecond(item.longNumber(BatchItem.EXPIRES_AT)),
                item.textOrNull(BatchItem.CORRELATION));
    }

    private static Tries tries(Item item) {
        return new Tries(
                item.number(RESENDS),
                item.instant(CLAIMED),
                item.instant(UNCONFIRMED),
                item.instant(RESENT),
                item.texts(EARLIER),
                item.number(WORDS),
                item.flag(REFERENCE_SAID));
    }
}
