package hoopoe.dispatch.cancel;

import com.fasterxml.jackson.annotation.JsonInclude;
import hoopoe.batch.Batch;
import hoopoe.dispatch.Dispatch;
import hoopoe.message.MessageState;
import hoopoe.provider.Points;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of cancelling a batch: the sum of the results that its dispatches keep.
 *
 * @param cancelled messages that will not be sent
 * @param refunded points given back; null where not known for all cancelled messages, or nothing was decided yet
 * @param pending messages whose result is not known yet
 */
@RegisterForReflection
public record CancelResult(
        int cancelled,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Points refunded,
        int pending) {

    /** @param dispatches those that exist; a missing one will be cancelled when a worker comes to send it */
    public static CancelResult of(Batch batch, List<Dispatch> dispatches) {
        int cancelled = 0;
        int pending = batch.accepted();
        @Nullable BigDecimal refunded = BigDecimal.ZERO;
        for (var dispatch : dispatches) {
            if (isPending(batch, dispatch)) {
                continue;
            }
            int ofIt = cancelled(dispatch);
            pending -= dispatch.size();
            cancelled += ofIt;
            refunded = ofIt == 0 ? refunded : sum(refunded, refund(dispatch));
        }
        return new CancelResult(cancelled, cancelled == 0 && pending > 0 ? null : Points.orNull(refunded), pending);
    }

    /** Whether the provider, or a timeout, has still to decide. */
    static boolean isPending(Batch batch, Dispatch dispatch) {
        return !dispatch.state().isEndedUnsent()
                && dispatch.cancellation().deleted() == null
                && !batch.progress().settled().contains(dispatch.id().n());
    }

    private static int cancelled(Dispatch dispatch) {
        if (dispatch.cancellation().deleted() != null) {
            return dispatch.cancellation().deleted();
        }
        return switch (dispatch.state()) {
            case CANCELLED -> dispatch.size();
            case REJECTED, EXPIRED -> 0;
            default -> dispatch.checks().counts().getOrDefault(MessageState.CANCELLED.label(), 0);
        };
    }

    /** The provider takes no points for a dispatch that it never got. */
    private static @Nullable BigDecimal refund(Dispatch dispatch) {
        return dispatch.cancellation().refunded() == null && dispatch.state().isEndedUnsent()
                ? BigDecimal.ZERO
                : dispatch.cancellation().refunded();
    }

    private static @Nullable BigDecimal sum(@Nullable BigDecimal one, @Nullable BigDecimal other) {
        return one == null || other == null ? null : one.add(other);
    }
}
