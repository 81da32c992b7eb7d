package hoopoe.testing;

import hoopoe.provider.http.HttpLimits;
import hoopoe.provider.http.ProviderHttpClient;
import hoopoe.provider.http.ProviderHttpResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Posts nothing, and knows what time each call was given. */
public final class TimedWire extends ProviderHttpClient {

    private final List<Duration> given = new ArrayList<>();
    private final Function<String, ProviderHttpResponse> answers;

    /** @param answers by the body */
    public TimedWire(Function<String, ProviderHttpResponse> answers) {
        super(HttpLimits.DEFAULT);
        this.answers = answers;
    }

    public TimedWire() {
        this(body -> lost());
    }

    public static ProviderHttpResponse lost() {
        return new ProviderHttpResponse.LostResponse("timeout", ProviderHttpResponse.Phase.SENT);
    }

    /** Of the calls that were begun, in order. */
    public List<Duration> given() {
        return given;
    }

    @Override
    public ProviderHttpResponse post(URI url, Map<String, String> headers, byte[] body, Duration limit) {
        if (limit.isZero() || limit.isNegative()) {
            return new ProviderHttpResponse.NothingSent("no_time");
        }
        given.add(limit);
        return answers.apply(new String(body, StandardCharsets.UTF_8));
    }
}
