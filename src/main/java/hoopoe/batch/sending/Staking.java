package hoopoe.batch.sending;

import hoopoe.message.ReceivedIds;
import hoopoe.account.Account;
import hoopoe.provider.Capabilities;
import hoopoe.provider.Capabilities.Feature;
import hoopoe.store.Claimed;
import hoopoe.store.Dispatch;
import hoopoe.store.DispatchId;
import hoopoe.store.Dispatches;
import hoopoe.store.Recipient;
import hoopoe.store.Stake;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** What the claims of one account take with them, as its provider needs it. */
public record Staking(Account account, Capabilities capabilities) {

    /** How many references of ours are tried: that one is taken by another dispatch happens once in 10^20 times. */
    private static final int TRIES = 4;

    /** @param resends of which of its tries */
    public Stake of(DispatchId dispatch, int resends, List<Recipient> to) {
        return of(dispatch, resends, to, 0);
    }

    private Stake of(DispatchId dispatch, int resends, List<Recipient> to, int again) {
        var length = capabilities.ownReference();
        return new Stake(
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

    Claimed claim(Dispatches dispatches, Dispatch seen, List<Recipient> to, Instant now, Instant deadline) {
        return IntStream.range(0, TRIES)
                .mapToObj(again ->
                        dispatches.claim(seen, of(seen.id(), seen.tries().resends(), to, again), now, deadline))
                .filter(claimed -> !(claimed instanceof Claimed.ReferenceHeld))
                .findFirst()
                .orElseGet(Claimed.Gone::new);
    }
}
