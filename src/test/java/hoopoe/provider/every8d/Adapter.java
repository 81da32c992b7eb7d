package hoopoe.provider.every8d;

import hoopoe.account.Account;
import hoopoe.account.Accounts;
import hoopoe.message.PhoneNumber;
import hoopoe.provider.Deadline;
import hoopoe.provider.Readiness.Ready;
import hoopoe.provider.SendOrder;
import hoopoe.provider.SendOrder.OrderRecipient;
import hoopoe.provider.SendOutcome;
import hoopoe.provider.http.HttpLimits;
import hoopoe.provider.http.ProviderHttpClient;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The adapter wired as an application does, with a session in memory and user {@code user}, password {@code right}. */
final class Adapter implements AutoCloseable {

    static final HttpLimits LIMITS =
            new HttpLimits(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(2), 4 << 20);

    final Every8dProvider provider;
    final Every8dLogin sessions;
    final MemorySessionKeys keys;
    final Account account;
    final Clock clock;
    private final ProviderHttpClient providerHttpClient;

    Adapter(String url, Clock clock, HttpLimits limits, Map<String, String> options) {
        this(url, clock, new ProviderHttpClient(limits), options);
    }

    /** One over a wire of a test's. */
    Adapter(String url, Clock clock, ProviderHttpClient providerHttpClient) {
        this(url, clock, providerHttpClient, Map.of());
    }

    private Adapter(String url, Clock clock, ProviderHttpClient providerHttpClient, Map<String, String> options) {
        var accounts = accounts(url, options);
        this.clock = clock;
        this.account = accounts.find("taipei").orElseThrow();
        this.providerHttpClient = providerHttpClient;
        var calls = new Every8dClient(providerHttpClient);
        this.keys = new MemorySessionKeys();
        this.sessions = new Every8dLogin(keys, calls, new FakeSecrets(), accounts, clock);
        this.provider = new Every8dProvider(calls, new Every8dQueryCall(calls, sessions), sessions);
    }

    Adapter(String url) {
        this(url, Clock.systemUTC(), LIMITS, Map.of());
    }

    Deadline deadline() {
        return Deadline.in(Duration.ofSeconds(28), clock);
    }

    Ready ready() {
        return (Ready) provider.ready(account, deadline());
    }

    SendOutcome send(SendOrder order) {
        return send(ready(), order);
    }

    SendOutcome send(Ready ready, SendOrder order) {
        return provider.send(account, ready, order, deadline());
    }

    static SendOrder order(String text, String... numbers) {
        return new SendOrder("T1", "note", text, null, null, recipients(numbers));
    }

    static List<OrderRecipient> recipients(String... numbers) {
        return Stream.of(numbers)
                .map(number -> new OrderRecipient(new PhoneNumber(number), null, null, null, null, null))
                .toList();
    }

    @Override
    public void close() {
        providerHttpClient.close();
    }

    private static Accounts accounts(String url, Map<String, String> options) {
        var properties = new HashMap<String, String>();
        properties.put("hoopoe.accounts.taipei.provider", "every8d");
        properties.put("hoopoe.accounts.taipei.url", url);
        options.forEach((key, value) -> properties.put("hoopoe.accounts.taipei." + key, value));
        return new Accounts(new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build());
    }
}
