package hoopoe.local.text421;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A charged message that was taken.
 *
 * @param status of the last push, 0 while it is under way
 * @param settledAt when that was; null while it is under way
 */
public record SentMessage(
        String user,
        BillOrder order,
        BillOrder.Recipient recipient,
        Instant takenAt,
        int status,
        @Nullable Instant settledAt) {

    public static final int DELIVERED = 2;
    public static final int EXPIRED = 3;
    public static final int FAILED = 5;
    public static final int REJECTED = 8;
    public static final int ERROR = 127;

    SentMessage settled(int newStatus, Instant at) {
        return new SentMessage(user, order, recipient, takenAt, newStatus, at);
    }

    public String id() {
        return recipient.id();
    }
}
