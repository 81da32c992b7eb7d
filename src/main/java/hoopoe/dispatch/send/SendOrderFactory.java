package hoopoe.dispatch.send;

import hoopoe.batch.Batch;
import hoopoe.batch.Recipient;
import hoopoe.dispatch.Lease;
import hoopoe.provider.SendOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the order for the provider from a stored dispatch. */
public final class SendOrderFactory {

    private static final Instant EVER = Instant.EPOCH;

    private SendOrderFactory() {}

    /**
     * Leaves out a send time that is past or near by now: the provider sends at once. The order has what is left of the
     * validity.
     */
    static SendOrder of(Batch batch, Lease lease, List<Recipient> recipients, Instant now) {
        var sendAt = ahead(batch.window().sendAt(), now);
        // Where the batch has a send time, an own time is kept even if it is past: else the batch's would apply.
        var past = sendAt == null ? now : EVER;
        return new SendOrder(
                lease.token(),
                lease.reference(),
                batch.content().subject(),
                batch.content().text(),
                sendAt,
                left(batch, now),
                batch.content().binary(),
                recipients.stream().map(recipient -> recipient(recipient, past)).toList());
    }

    public static SendOrder.OrderRecipient recipient(Recipient recipient) {
        return recipient(recipient, EVER);
    }

    private static SendOrder.OrderRecipient recipient(Recipient recipient, Instant past) {
        return new SendOrder.OrderRecipient(
                recipient.number(),
                recipient.text(),
                recipient.name(),
                recipient.email(),
                ahead(recipient.sendAt(), past),
                recipient.receivedId());
    }

    private static @Nullable Instant ahead(@Nullable Instant at, Instant past) {
        return at != null && SendOrder.isAhead(at, past) ? at : null;
    }

    private static @Nullable Duration left(Batch batch, Instant now) {
        var left = Duration.between(now, batch.window().notAfter());
        return batch.window().validity() == null || batch.window().validity().compareTo(left) < 0
                ? batch.window().validity()
                : left;
    }
}
