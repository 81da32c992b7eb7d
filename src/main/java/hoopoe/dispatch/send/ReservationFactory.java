package hoopoe.dispatch.send;

import hoopoe.account.Account;
import hoopoe.batch.Recipient;
import hoopoe.dispatch.ClaimResult;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchId;
import hoopoe.dispatch.OwnReference;
import hoopoe.dispatch.Reservation;
import hoopoe.message.ReceivedIds;
import hoopoe.provider.Capabilities;
import hoopoe.provider.Capabilities.Feature;
import hoopoe.store.dispatch.DispatchRepository;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** Makes the reservations for claims of one account, as its provider needs them. */
public record ReservationFactory(Account account, Capabilities capabilities) {

    /** How many references of ours are tried: another dispatch has one of them once in 10^20 times. */
    private static final int TRIES = 4;

    /** @param resends number of the try */
    public Reservation of(DispatchId dispatch, int resends, List<Recipient> to) {
        return of(dispatch, resends, to, 0);
    }

    private Reservation of(DispatchId dispatch, int resends, List<Recipient> to, int again) {
        var length = capabilities.ownReference();
        return new Reservation(
                account.provider(),
                account.name(),
                length == 0 ? null : OwnReference.of(dispatch, resends, length, again),
                capabilities.has(Feature.RECEIVED_ID) ? receivedIds(to) : List.of());
    }

    private static List<String> receivedIds(List<Recipient> to) {
        return to.stream()
                .map(Recipient::receivedId)
                .filter(Objects::nonNull)
                .map(ReceivedIds::canonical)
                .distinct()
                .toList();
    }

    ClaimResult claim(
            DispatchRepository dispatchRepository, Dispatch seen, List<Recipient> to, Instant now, Instant deadline) {
        return IntStream.range(0, TRIES)
                .mapToObj(again -> dispatchRepository.claim(
                        seen, of(seen.id(), seen.tries().resends(), to, again), now, deadline))
                .filter(claimResult -> !(claimResult instanceof ClaimResult.ReferenceTaken))
                .findFirst()
                .orElseGet(ClaimResult.Gone::new);
    }
}
