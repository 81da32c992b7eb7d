package hoopoe.dispatch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is reserved in the claim's transaction: the provider reference and the received messages that are answered.
 *
 * @param provider its type
 * @param reference ours, by which the provider will know the call; null where the provider gives one itself
 * @param receivedIds without duplicates; each is answered at most once ever
 */
public record Reservation(
        String provider, String account, @Nullable String reference, List<String> receivedIds) {

    public Reservation {
        receivedIds = List.copyOf(receivedIds);
    }

    public boolean isNothing() {
        return reference == null && receivedIds.isEmpty();
    }
}
