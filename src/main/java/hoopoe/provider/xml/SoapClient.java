package hoopoe.provider.xml;

import hoopoe.provider.http.HttpLimits;
import hoopoe.provider.http.ProviderHttpClient;
import hoopoe.provider.http.ProviderHttpResponse;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;

/** Calls an operation once. */
@ApplicationScoped
public class SoapClient {

    private final ProviderHttpClient providerHttpClient;

    public SoapClient(ProviderHttpClient providerHttpClient) {
        this.providerHttpClient = providerHttpClient;
    }

    public HttpLimits limits() {
        return providerHttpClient.limits();
    }

    /** @param limit from now to the last byte of the answer */
    public SoapCallResult call(URI url, SoapVersion version, SoapMessage message, Duration limit) {
        var answer = providerHttpClient.post(url, version.headers(message.action()), message.envelope(version), limit);
        if (answer instanceof ProviderHttpResponse.CompleteResponse whole) {
            return new SoapCallResult.SoapAnswered(
                    whole.status(), SoapResponse.read(whole.body(), message.operation()));
        }
        return answer instanceof ProviderHttpResponse.NothingSent nothing
                ? new SoapCallResult.SoapNotSent(nothing.why())
                : new SoapCallResult.SoapLost(((ProviderHttpResponse.LostResponse) answer).why());
    }
}
