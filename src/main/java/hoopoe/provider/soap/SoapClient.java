package hoopoe.provider.soap;

import hoopoe.provider.wire.Wire;
import hoopoe.provider.wire.WireAnswer;
import hoopoe.provider.wire.WireLimits;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;

/** Calls an operation once. */
@ApplicationScoped
public class SoapClient {

    private final Wire wire;

    public SoapClient(Wire wire) {
        this.wire = wire;
    }

    public WireLimits limits() {
        return wire.limits();
    }

    /** @param limit from now to the last byte of the answer */
    public SoapReply call(URI url, SoapVersion version, SoapMessage message, Duration limit) {
        var answer = wire.post(url, version.headers(message.action()), message.envelope(version), limit);
        if (answer instanceof WireAnswer.Answer whole) {
            return new SoapReply.Answered(whole.status(), SoapAnswer.read(whole.body(), message.operation()));
        }
        return answer instanceof WireAnswer.NothingSent nothing
                ? new SoapReply.NothingSent(nothing.why())
                : new SoapReply.Lost(((WireAnswer.Lost) answer).why());
    }
}
