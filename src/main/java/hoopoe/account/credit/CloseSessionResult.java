package hoopoe.account.credit;

import java.util.Optional;

/** What became of the wish to end a session. */
public sealed interface CloseSessionResult {

    /** @param confirmed whether the provider said so; false also where there was nothing to end */
    record SessionClosed(boolean confirmed) implements CloseSessionResult {}

    /** The same call was made before. @param confirmed empty where it has not come to its end */
    record CloseReplayed(Optional<Boolean> confirmed) implements CloseSessionResult {}

    /** The key belongs to another request. */
    record KeyReused() implements CloseSessionResult {}

    /** The same call is being worked on elsewhere. */
    record CloseBusy() implements CloseSessionResult {}
}
