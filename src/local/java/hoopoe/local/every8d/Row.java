package hoopoe.local.every8d;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One message of a batch. Changed under the agenda's lock only. */
final class Row {
    static final int WITH_CARRIER = 0;
    static final int DELIVERED = 100;
    static final int SCHEDULED = 300;
    static final int NO_CREDIT = 301;
    static final int CANCELLED = 303;
    static final int REPLY = 999;
    static final int ABROAD_IS_OFF = 500;
    static final int BAD_PARAMETER = -1;
    static final int BAD_NUMBER = -3;
    static final int OVERDUE = -4;
    static final int TOO_LONG = -5;
    static final int BAD_TIME = -6;

    record Reply(Instant at, String text) {}

    /** As ordered; its place in the order is its record number, counted from 1. */
    record Order(int record, String name, String mobile, String email, String text) {}

    final Order order;
    final List<Reply> replies = new ArrayList<>();
    BigDecimal cost = BigDecimal.ZERO;
    int status;
    Instant sentAt;
    boolean listed = true;

    Row(Order order, Instant sentAt, int status) {
        this.order = order;
        this.sentAt = sentAt;
        this.status = status;
    }

    boolean isSent() {
        return status == WITH_CARRIER || status == SCHEDULED;
    }

    SentMessage snapshot() {
        return new SentMessage(
                order.mobile,
                order.name,
                order.email,
                order.text,
                status,
                cost,
                sentAt,
                replies.stream().map(Reply::text).toList());
    }
}
