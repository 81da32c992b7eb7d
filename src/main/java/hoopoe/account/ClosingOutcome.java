package hoopoe.account;

import java.util.Optional;

/** What became of the wish to end a session. */
public sealed interface ClosingOutcome {

    /** @param confirmed whether the provider said so; false also where there was nothing to end */
    record Closed(boolean confirmed) implements ClosingOutcome {}

    /** The same call was made before. @param confirmed empty where it has not come to its end */
    record Replayed(Optional<Boolean> confirmed) implements ClosingOutcome {}

    /** The key belongs to another request. */
    record KeyReused() implements ClosingOutcome {}

    /** The same call is being worked on elsewhere. */
    record Busy() implements ClosingOutcome {}
}
