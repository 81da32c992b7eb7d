package hoopoe.testing;

import hoopoe.provider.Deadline;
import hoopoe.provider.ProviderException;
import hoopoe.provider.http.HttpLimits;
import java.time.Duration;
import java.util.function.Supplier;

/** What a deadline does to a call of a fake, by the clock of the test: it is not begun, or cut off, as an adapter's is. */
final class FakeCall {

    private FakeCall() {}

    /** A send, or the emptying of an inbox: it has its whole time, or is not begun. */
    static <T> T whole(
            HttpLimits limits, Deadline deadline, Supplier<T> call, Supplier<T> notBegun, Supplier<T> cutOff) {
        return limits.leaveAWholeCall(deadline) ? timed(limits.call(), deadline, call, cutOff) : notBegun.get();
    }

    /** A question has what is left. */
    static <T> T question(HttpLimits limits, Deadline deadline, String operation, Supplier<T> call) {
        var limit = limits.within(deadline);
        if (limit.isZero() || limit.isNegative()) {
            throw new ProviderException.ProviderUnavailable(operation, "no_time");
        }
        return timed(limit, deadline, call, () -> {
            throw new ProviderException.ProviderUnavailable(operation, "timeout");
        });
    }

    private static <T> T timed(Duration limit, Deadline deadline, Supplier<T> call, Supplier<T> cutOff) {
        var end = Deadline.in(limit, deadline.clock());
        var answer = call.get();
        return deadline.clock().instant().isAfter(end.at()) ? cutOff.get() : answer;
    }
}
