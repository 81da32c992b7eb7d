package hoopoe.provider.http;

import hoopoe.config.Setting;
import hoopoe.provider.Deadline;
import java.time.Duration;
import org.eclipse.microprofile.config.Config;

/**
 * The limits of a provider call: how long it may take and how much it may answer. An API request of 30 s
 * contains an invocation of 28 s, the invocation a call of 20 s, the call a connect of 3 s.
 *
 * @param call the whole call: name, connect, TLS, write, the last byte of the answer
 * @param connect name, connect and TLS together
 * @param margin what an invocation needs after a call, to write the result
 * @param answer most bytes of an answer
 */
public record HttpLimits(Duration call, Duration connect, Duration margin, int answer) {

    public static final HttpLimits DEFAULT = new HttpLimits(
            Setting.CALL_TIMEOUT.usual(), Setting.CONNECT_TIMEOUT.usual(), Setting.CALL_MARGIN.usual(), 4 << 20);

    /** From {@code hoopoe.provider.call-timeout}, {@code .connect-timeout} and {@code .call-margin}. */
    public static HttpLimits of(Config config) {
        return new HttpLimits(
                Setting.CALL_TIMEOUT.duration(config),
                Setting.CONNECT_TIMEOUT.duration(config),
                Setting.CALL_MARGIN.duration(config),
                DEFAULT.answer);
    }

    /**
     * Whether there is time for a call whose lost answer cannot be requested again: a send, or the emptying of an inbox.
     * Without its full time the call would be cut off for nothing.
     */
    public boolean leaveAWholeCall(Deadline deadline) {
        return deadline.leaves(call.plus(margin));
    }

    /** The time for a query: its own limit, or what the invocation has left. May be zero or negative. */
    public Duration within(Deadline deadline) {
        var left = deadline.left().minus(margin);
        return left.compareTo(call) < 0 ? left : call;
    }
}
