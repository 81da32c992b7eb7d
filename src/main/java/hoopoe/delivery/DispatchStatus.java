package hoopoe.delivery;

import hoopoe.dispatch.Dispatch;
import hoopoe.message.MessageState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a dispatch says of all its messages, as long as nobody has said more of one of them. */
public final class DispatchStatus {

    private DispatchStatus() {}

    /** @param sendAt when this message shall be sent; null for at once */
    public static MessageState of(Dispatch dispatch, @Nullable Instant sendAt) {
        if (isTakenBack(dispatch)) {
            return MessageState.CANCELLED;
        }
        return switch (dispatch.state()) {
            case ACCEPTED -> MessageState.ACCEPTED;
            case DISPATCHING -> MessageState.DISPATCHING;
            case UNCONFIRMED -> MessageState.UNCONFIRMED;
            case SUBMITTED -> isScheduled(dispatch, sendAt) ? MessageState.SCHEDULED : MessageState.SUBMITTED;
            case REJECTED -> MessageState.REJECTED;
            case CANCELLED -> MessageState.CANCELLED;
            case EXPIRED -> MessageState.EXPIRED;
        };
    }

    /** The provider says how many it cancelled, and not which: only all of them are known one by one. */
    private static boolean isTakenBack(Dispatch dispatch) {
        var deleted = dispatch.deleted();
        return deleted != null && deleted >= dispatch.size();
    }

    /** A time that was past when the provider took it went out empty: now. */
    private static boolean isScheduled(Dispatch dispatch, @Nullable Instant sendAt) {
        var submitted = dispatch.submitted();
        return sendAt != null && submitted != null && sendAt.isAfter(submitted);
    }
}
