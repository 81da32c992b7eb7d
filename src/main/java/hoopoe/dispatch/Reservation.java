package hoopoe.dispatch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a claim takes beside the right to send, in the same transaction.
 *
 * @param provider its type
 * @param reference ours, by which the provider will know the call; null where it gives one itself
 * @param receivedIds that are answered by it, each at most once ever; none twice
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
