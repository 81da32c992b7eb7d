package hoopoe.testing;

import hoopoe.provider.wire.Wire;
import hoopoe.provider.wire.WireAnswer;
import hoopoe.provider.wire.WireLimits;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Posts nothing, and knows what time each call was given. */
public final class TimedWire extends Wire {

    private final List<Duration> given = new ArrayList<>();
    private final Function<String, WireAnswer> answers;

    /** @param answers by the body */
    public TimedWire(Function<String, WireAnswer> answers) {
        super(WireLimits.DEFAULT);
        this.answers = answers;
    }

    public TimedWire() {
        this(body -> lost());
    }

    public static WireAnswer lost() {
        return new WireAnswer.Lost("timeout", WireAnswer.Phase.SENT);
    }

    /** Of the calls that were begun, in order. */
    public List<Duration> given() {
        return given;
    }

    @Override
    public WireAnswer post(URI url, Map<String, String> headers, byte[] body, Duration limit) {
        if (limit.isZero() || limit.isNegative()) {
            return new WireAnswer.NothingSent("no_time");
        }
        given.add(limit);
        return answers.apply(new String(body, StandardCharsets.UTF_8));
    }
}
