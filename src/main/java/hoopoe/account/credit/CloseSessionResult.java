package hoopoe.account.credit;

import java.util.Optional;

/** The result of an operator's request to end a session. */
public sealed interface CloseSessionResult {

    /** @param confirmed whether the provider confirmed it; false also where there was nothing to end */
    record SessionClosed(boolean confirmed) implements CloseSessionResult {}

    /** The same request was made before. @param confirmed empty where it has not finished */
    record CloseReplayed(Optional<Boolean> confirmed) implements CloseSessionResult {}

    /** The idempotency key belongs to another request. */
    record KeyReused() implements CloseSessionResult {}

    /** Another invocation is handling the same request. */
    record CloseBusy() implements CloseSessionResult {}
}
