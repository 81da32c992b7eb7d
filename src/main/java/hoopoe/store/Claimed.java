package hoopoe.store;

import java.util.List;
import java.util.Optional;

/** How the wish to send a dispatch ended. */
public sealed interface Claimed {

    record Won(Lease lease) implements Claimed {}

    /** It was not as seen any more, or others write the same all the time. */
    record Gone() implements Claimed {}

    /** It is to be sent again, and somebody told of an earlier try: that was sent after all. */
    record Recalled() implements Claimed {}

    /** Our own reference is another dispatch's, by chance: another has to be made. */
    record ReferenceHeld() implements Claimed {}

    /** What it answers was answered before, or is at this moment. */
    record ReceivedIdsUsed(List<String> ids) implements Claimed {}

    /** The right to send, where it was taken. */
    default Optional<Lease> won() {
        return this instanceof Won won ? Optional.of(won.lease()) : Optional.empty();
    }
}
