package hoopoe.provider.smspanel;

import hoopoe.provider.Deadline;
import hoopoe.provider.http.HttpLimits;
import hoopoe.provider.http.ProviderHttpClient;
import hoopoe.provider.http.ProviderHttpResponse;
import hoopoe.provider.smspanel.SmspanelLogin.SmspanelCredentials;
import hoopoe.provider.xml.RpcMessage;
import hoopoe.secret.Credentials;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Calls the methods of the panel, over SOAP as public clients of such panels do: one call each, nothing repeated. */
@ApplicationScoped
class SmspanelClient {

    private final ProviderHttpClient providerHttpClient;

    SmspanelClient(ProviderHttpClient providerHttpClient) {
        this.providerHttpClient = providerHttpClient;
    }

    HttpLimits limits() {
        return providerHttpClient.limits();
    }

    /** Takes the full call time: the adapter has checked that the invocation has it. */
    ProviderHttpResponse send(SmspanelCredentials key, SmspanelOrders order) {
        return call(key, order.method(), order.parameters(), limits().call());
    }

    /** {@code GetMsg}, with the full call time like a send, because the panel deletes what it answers. */
    ProviderHttpResponse take(SmspanelCredentials key) {
        return call(key, SmspanelMethod.GET_MSG, Map.of(), limits().call());
    }

    /** Takes the time that the invocation has left. */
    ProviderHttpResponse ask(
            SmspanelCredentials key, SmspanelMethod method, Map<String, Object> parameters, Deadline deadline) {
        return call(key, method, parameters, limits().within(deadline));
    }

    private ProviderHttpResponse call(
            SmspanelCredentials key, SmspanelMethod method, Map<String, Object> parameters, Duration limit) {
        var dialect = key.dialect();
        var message = message(key, method, parameters);
        return providerHttpClient.post(
                dialect.url(), message.headers(dialect.action(method)), message.envelope(), limit);
    }

    static RpcMessage message(SmspanelCredentials key, SmspanelMethod method, Map<String, Object> parameters) {
        var message = RpcMessage.of(key.dialect().namespace(), method.wireName());
        for (var name : key.dialect().order(method)) {
            add(message, name, key.credentials(), parameters);
        }
        return message;
    }

    private static void add(RpcMessage message, String name, Credentials credentials, Map<String, Object> parameters) {
        if (name.equals("user")) {
            message.with(name, credentials.user());
        } else if (name.equals("pass")) {
            message.with(name, credentials.password());
        } else if (parameters.get(name) instanceof List<?> values) {
            message.with(name, values.stream().map(String::valueOf).toList());
        } else {
            message.with(name, String.valueOf(parameters.get(name)));
        }
    }
}
