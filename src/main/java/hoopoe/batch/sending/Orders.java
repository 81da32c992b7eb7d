package hoopoe.batch.sending;

import hoopoe.message.PhoneNumber;
import hoopoe.provider.SendOrder;
import hoopoe.store.Batch;
import hoopoe.store.Lease;
import hoopoe.store.Recipient;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What goes to the provider of what is stored. */
public final class Orders {

    private Orders() {}

    /** A time that is past by now is left out: the provider sends at once. */
    static SendOrder of(Batch batch, Lease lease, List<Recipient> recipients, Instant now) {
        var sendAt = ahead(batch.sendAt(), now);
        // Where the others wait, an own time is kept though it is past: left out, it would mean theirs.
        var past = sendAt == null ? now : Instant.MIN;
        return new SendOrder(
                lease.token(),
                lease.reference(),
                batch.subject(),
                batch.text(),
                sendAt,
                batch.validity(),
                batch.binary(),
                recipients.stream()
                        .map(recipient -> recipient(new PhoneNumber(recipient.to()), recipient, past))
                        .toList());
    }

    public static SendOrder.Recipient recipient(PhoneNumber to, Recipient stored) {
        return recipient(to, stored, Instant.MIN);
    }

    private static SendOrder.Recipient recipient(PhoneNumber to, Recipient stored, Instant past) {
        return new SendOrder.Recipient(
                to, stored.text(), stored.name(), stored.email(), ahead(stored.sendAt(), past), stored.receivedId());
    }

    private static @Nullable Instant ahead(@Nullable Instant at, Instant past) {
        return at != null && at.isAfter(past) ? at : null;
    }
}
