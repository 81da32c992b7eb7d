package hoopoe.store.dispatch;

import hoopoe.delivery.ProviderReference;
import hoopoe.dispatch.DecisionRecord;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchState;
import hoopoe.message.MessageReport;
import hoopoe.store.Attributes;
import hoopoe.store.DueIndex;
import hoopoe.store.Keys;
import hoopoe.store.batch.IdempotencyKey;
import hoopoe.store.batch.IdempotencyStore;
import hoopoe.store.delivery.CheckRepository;
import hoopoe.store.delivery.DeliveryReportRepository;
import hoopoe.store.delivery.ReferenceRepository;
import hoopoe.store.table.ConflictRetry;
import hoopoe.store.table.Item;
import hoopoe.store.table.Table;
import hoopoe.store.table.Table.WriteResult;
import hoopoe.store.table.Write;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stores operator decisions on unconfirmed dispatches, each in one transaction: the dispatch's state, the decision, the
 * reference where there is one, and the idempotency key of the request.
 */
@ApplicationScoped
public class DecisionRepository {

    private static final int DISPATCH = 0;
    private static final int THIRD = 2;

    private final Table table;
    private final IdempotencyStore idempotencyStore;
    private final DeliveryReportRepository deliveryReportRepository;

    public DecisionRepository(
            Table table, IdempotencyStore idempotencyStore, DeliveryReportRepository deliveryReportRepository) {
        this.table = table;
        this.idempotencyStore = idempotencyStore;
        this.deliveryReportRepository = deliveryReportRepository;
    }

    /** The result of an operator decision on an unconfirmed dispatch. */
    public sealed interface DecisionResult {

        record DecisionStored() implements DecisionResult {}

        /** An earlier request used the idempotency key. */
        record DecidedEarlier(IdempotencyStore.IdempotencyRecord earlier) implements DecisionResult {}

        /** The dispatch has changed since it was read. Nothing was written. */
        record DispatchChanged() implements DecisionResult {}

        /** The reference belongs to another dispatch. Nothing was written. */
        record ReferenceUsed() implements DecisionResult {}

        /** The batch is cancelled. Nothing was written. */
        record BatchCancelled() implements DecisionResult {}

        /** Conflicts with other writers outlasted the retries. Nothing was written. */
        record DecisionBusy() implements DecisionResult {}
    }

    /**
     * Stores that the dispatch was sent.
     *
     * @param seen unconfirmed, read strongly
     * @param providerReference the dispatch's reference from now on; null where it keeps its own, or has none
     * @param message the number of the only message, where the reference is the provider's id of it; else null
     */
    public DecisionResult confirm(
            Dispatch seen,
            @Nullable ProviderReference providerReference,
            @Nullable Integer message,
            DecisionRecord decisionRecord,
            Optional<IdempotencyKey> claim) {
        var write =
                settled(seen, DispatchState.SUBMITTED, decisionRecord).set(DispatchItem.SUBMITTED, decisionRecord.at());
        var writes = new ArrayList<>(List.of(write, audit(seen, decisionRecord)));
        if (providerReference != null) {
            write.set(DispatchItem.REFERENCE, providerReference.written().strip())
                    .set(DispatchItem.REFERENCE_SAID, true);
            writes.add(ReferenceRepository.own(
                    Keys.ref(providerReference), seen.id(), seen.lifetime().expires()));
            if (message != null) {
                writes.add(named(seen, message, providerReference).attempt());
            }
        }
        return settle(writes, claim, seen.id().batch(), new DecisionResult.ReferenceUsed());
    }

    /**
     * Stores that the dispatch was not sent, and is to be sent again: the next try. Refused where a callback was counted since
     * the dispatch was read, and while a check of it is running.
     *
     * @param seen unconfirmed, read before its callbacks and delivery report
     */
    public DecisionResult resend(Dispatch seen, DecisionRecord decisionRecord, Optional<IdempotencyKey> claim) {
        var write = settled(seen, DispatchState.ACCEPTED, decisionRecord)
                .set(DispatchItem.RESENDS, seen.tries().resends() + 1)
                .set(DispatchItem.RESENT, decisionRecord.at());
        CheckRepository.forget(write, decisionRecord.at());
        DispatchWrites.whenQuiet(write, seen.checks().events());
        if (seen.submission().reference() != null) {
            write.remove(DispatchItem.REFERENCE)
                    .add(DispatchItem.EARLIER, Set.of(seen.submission().reference()));
        }
        var untouched = Write.check(Keys.batch(seen.id().batch()))
                .when("attribute_exists({pk}) AND attribute_not_exists({erase})");
        var writes = new ArrayList<>(List.of(write, audit(seen, decisionRecord), untouched));
        return settle(writes, claim, seen.id().batch(), new DecisionResult.BatchCancelled());
    }

    private Write named(Dispatch seen, int message, ProviderReference providerReference) {
        var messageReport = MessageReport.of(providerReference.written().strip());
        var deliveryReport = deliveryReportRepository.of(seen.id()).with(Map.of(message, messageReport));
        return DeliveryReportRepository.put(
                seen.id(), deliveryReport, seen.lifetime().expires());
    }

    /** The operator decisions on a dispatch, in their order. */
    public List<DecisionRecord> of(Dispatch dispatch) {
        return dispatch.tries().words() == 0
                ? List.of()
                : table
                        .query(
                                Keys.partition(
                                        dispatch.id().batch(), dispatch.id().n()),
                                Keys.audits(dispatch.id().n()))
                        .stream()
                        .map(DecisionRepository::audit)
                        .toList();
    }

    private static Write settled(Dispatch seen, DispatchState state, DecisionRecord decisionRecord) {
        var write = DispatchWrites.certain(DueIndex.set(DispatchWrites.at(seen.id()), decisionRecord.at()))
                .set(DispatchItem.STATE, state.label())
                .add(DispatchItem.WORDS, 1)
                .remove(DispatchItem.COUNTS)
                .when(
                        DispatchWrites.AS_SEEN,
                        DispatchState.UNCONFIRMED.label(),
                        seen.claim().fence());
        DispatchWrites.note(write, null, null);
        return (seen.submission().reference() == null
                        ? write.when("attribute_not_exists({reference})")
                        : write.when("{reference} = ?", seen.submission().reference()))
                .attempt();
    }

    /** @param third the result where the third write fails; the idempotency key may also be third */
    private DecisionResult settle(
            List<Write> writes, Optional<IdempotencyKey> claim, String batch, DecisionResult third) {
        int place = writes.size();
        claim.ifPresent(key -> writes.add(idempotencyStore.write(key, batch)));
        var writeResult = ConflictRetry.settle(table, () -> table.transact(writes));
        if (writeResult.done()) {
            return new DecisionResult.DecisionStored();
        }
        var earlier = claim.flatMap(key -> idempotencyStore.earlier(key, writeResult, place));
        if (earlier.isPresent()) {
            return new DecisionResult.DecidedEarlier(earlier.get());
        }
        if (writeResult instanceof WriteResult.ConditionFailed conditionFailed) {
            return place > THIRD && conditionFailed.by(THIRD) && !conditionFailed.by(DISPATCH)
                    ? third
                    : new DecisionResult.DispatchChanged();
        }
        return new DecisionResult.DecisionBusy();
    }

    private static Write audit(Dispatch seen, DecisionRecord decisionRecord) {
        var key = Keys.audit(seen.id().batch(), seen.id().n(), seen.tries().words());
        return Write.putNew(Item.of(key)
                        .with(Attributes.KIND, "AUDIT")
                        .with("at", decisionRecord.at())
                        .with("word", decisionRecord.word().name().toLowerCase(Locale.ROOT))
                        .with("since", decisionRecord.unconfirmed())
                        .with("caller", decisionRecord.caller())
                        .with("by", decisionRecord.by())
                        .with("reference", decisionRecord.reference())
                        .with("note", decisionRecord.note())
                        .with(Attributes.EXPIRES_AT, seen.lifetime().expires().getEpochSecond()))
                .attempt();
    }

    private static DecisionRecord audit(Item item) {
        return new DecisionRecord(
                item.requiredInstant("at"),
                DecisionRecord.DecisionKind.valueOf(item.text("word").toUpperCase(Locale.ROOT)),
                item.instant("since"),
                item.text("caller"),
                item.text("by"),
                item.textOrNull("reference"),
                item.textOrNull("note"));
    }
}
