package hoopoe.dispatch;

import java.util.List;
import java.util.Optional;

/** How the wish to send a dispatch ended. */
public sealed interface ClaimResult {

    record Claimed(Lease lease) implements ClaimResult {}

    /** It was not as seen any more, or others write the same all the time. */
    record Gone() implements ClaimResult {}

    /** It is to be sent again, and somebody told of an earlier try: that was sent after all. */
    record Recalled() implements ClaimResult {}

    /** Our own reference is another dispatch's, by chance: another has to be made. */
    record ReferenceTaken() implements ClaimResult {}

    /** What it answers was answered before, or is at this moment. */
    record ReceivedIdsTaken(List<String> ids) implements ClaimResult {}

    /** The right to send, where it was taken. */
    default Optional<Lease> won() {
        return this instanceof Claimed claimed ? Optional.of(claimed.lease()) : Optional.empty();
    }
}
