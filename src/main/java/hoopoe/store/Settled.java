package hoopoe.store;

/** What became of an operator's word on an unconfirmed dispatch. */
public sealed interface Settled {

    record Done() implements Settled {}

    /** The same call was made before. */
    record Replaced(Calls.Earlier earlier) implements Settled {}

    /** It is not as seen any more. Nothing was written. */
    record Changed() implements Settled {}

    /** The reference is another dispatch's. Nothing was written. */
    record ReferenceHeld() implements Settled {}

    /** Its batch is cancelled. Nothing was written. */
    record Erased() implements Settled {}

    /** Others write the same all the time. Nothing was written. */
    record Busy() implements Settled {}
}
