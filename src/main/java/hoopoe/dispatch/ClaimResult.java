package hoopoe.dispatch;

import java.util.List;

/** The result of trying to claim a dispatch. */
public sealed interface ClaimResult {

    record Claimed(Lease lease) implements ClaimResult {}

    /** The dispatch has changed since it was read, or other invocations kept writing it. */
    record Gone() implements ClaimResult {}

    /** It waits for its resend, but a callback named an earlier try: that one was sent after all. */
    record Recalled() implements ClaimResult {}

    /** Our reference is another dispatch's, by chance: another one has to be made. */
    record ReferenceTaken() implements ClaimResult {}

    /** A received message that it answers is answered already, or at this moment. */
    record ReceivedIdsTaken(List<String> ids) implements ClaimResult {}
}
