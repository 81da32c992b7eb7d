package hoopoe.store.dispatch;

import hoopoe.store.batch.IdempotencyStore;

/** What became of an operator's word on an unconfirmed dispatch. */
public sealed interface DecisionResult {

    record DecisionStored() implements DecisionResult {}

    /** The same call was made before. */
    record DecidedEarlier(IdempotencyStore.IdempotencyRecord earlier) implements DecisionResult {}

    /** It is not as seen any more. Nothing was written. */
    record DispatchChanged() implements DecisionResult {}

    /** The reference is another dispatch's. Nothing was written. */
    record ReferenceUsed() implements DecisionResult {}

    /** Its batch is cancelled. Nothing was written. */
    record BatchCancelled() implements DecisionResult {}

    /** Others write the same all the time. Nothing was written. */
    record DecisionBusy() implements DecisionResult {}
}
