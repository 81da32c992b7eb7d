package hoopoe.provider.http;

import hoopoe.config.Setting;
import hoopoe.provider.Deadline;
import java.time.Duration;
import org.eclipse.microprofile.config.Config;

/**
 * How long a call may take and how much it may answer (design.md section 4). An API call of 30 s holds an invocation of
 * 28 s, that a call of 20 s, that a connect of 3 s.
 *
 * @param call the whole call: name, connect, TLS, write, the last byte of the answer
 * @param connect name, connect and TLS together
 * @param margin what an invocation needs after a call, to write down how it ended
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
     * Whether a call may start whose lost answer cannot be asked for again, a send or the emptying of an inbox: one that
     * cannot run its full time would be cut off for nothing.
     */
    public boolean leaveAWholeCall(Deadline deadline) {
        return deadline.leaves(call.plus(margin));
    }

    /** What a question may take: its own limit, or what the invocation leaves. May be zero or negative. */
    public Duration within(Deadline deadline) {
        var left = deadline.left().minus(margin);
        return left.compareTo(call) < 0 ? left : call;
    }
}
