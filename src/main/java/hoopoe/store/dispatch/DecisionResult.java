package hoopoe.store.dispatch;

import hoopoe.store.batch.IdempotencyStore;

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
