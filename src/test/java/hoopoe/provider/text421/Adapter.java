package hoopoe.provider.text421;

import hoopoe.account.Account;
import hoopoe.account.Accounts;
import hoopoe.account.session.AccountBlocks;
import hoopoe.account.session.Session;
import hoopoe.account.session.SessionStore;
import hoopoe.message.BinaryMessage;
import hoopoe.message.PhoneNumber;
import hoopoe.provider.Deadline;
import hoopoe.provider.Readiness;
import hoopoe.provider.Readiness.Ready;
import hoopoe.provider.SendOrder;
import hoopoe.provider.SendOrder.OrderRecipient;
import hoopoe.provider.SendOutcome;
import hoopoe.provider.http.HttpLimits;
import hoopoe.provider.http.ProviderHttpClient;
import hoopoe.secret.AwaySecrets;
import hoopoe.secret.ConfiguredSecrets;
import hoopoe.secret.Secrets;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/** The adapter wired as an application does, with its latch in memory and user {@code user}, password {@code right}. */
final class Adapter implements AutoCloseable {

    static final HttpLimits LIMITS =
            new HttpLimits(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(2), 4 << 20);

    final Text421Provider provider;
    final Account account;
    final Clock clock = Clock.systemUTC();
    final Latch latch;
    private final ProviderHttpClient providerHttpClient;

    /** @param options of the account, over the usual ones, or whole names; an empty one is taken away */
    Adapter(String url, HttpLimits limits, Map<String, String> options, Latch latch) {
        this(url, limits, options, latch, ConfiguredSecrets::new);
    }

    /** One whose secrets cannot be read at the moment. */
    static Adapter away(String url) {
        return new Adapter(url, LIMITS, Map.of(), new Latch(), config -> new AwaySecrets());
    }

    /** One whose secrets are a test's. */
    static Adapter with(String url, Secrets secrets) {
        return new Adapter(url, LIMITS, Map.of(), new Latch(), config -> secrets);
    }

    /** One over a wire of a test's. */
    Adapter(String url, ProviderHttpClient providerHttpClient) {
        this(url, providerHttpClient, Map.of(), new Latch(), ConfiguredSecrets::new);
    }

    private Adapter(
            String url,
            HttpLimits limits,
            Map<String, String> options,
            Latch latch,
            Function<Config, Secrets> secrets) {
        this(url, new ProviderHttpClient(limits), options, latch, secrets);
    }

    private Adapter(
            String url,
            ProviderHttpClient providerHttpClient,
            Map<String, String> options,
            Latch latch,
            Function<Config, Secrets> secrets) {
        var config = config(url, options);
        var accounts = new Accounts(config);
        this.account = accounts.find("bratislava").orElseThrow();
        this.latch = latch;
        this.providerHttpClient = providerHttpClient;
        var calls = new Text421Client(providerHttpClient);
        var login = new Text421Login(secrets.apply(config), new AccountBlocks(latch, clock), accounts);
        this.provider = new Text421Provider(calls, login, new Text421Reports(calls, login));
    }

    Adapter(String url, Map<String, String> options) {
        this(url, LIMITS, options, new Latch());
    }

    Adapter(String url) {
        this(url, Map.of());
    }

    /** Sessions in memory. */
    static final class Latch implements SessionStore {

        private final Map<String, Session> sessions = new ConcurrentHashMap<>();
        private volatile boolean isBroken;

        void breakDown() {
            isBroken = true;
        }

        @Override
        public Session read(String account) {
            if (isBroken) {
                throw new IllegalStateException("no table");
            }
            return sessions.getOrDefault(account, Session.NONE);
        }

        @Override
        public boolean replace(String account, Session seen, Session next) {
            sessions.put(account, next.withRevision(seen.revision() + 1));
            return true;
        }
    }

    Deadline deadline() {
        return Deadline.in(Duration.ofSeconds(28), clock);
    }

    Readiness readiness() {
        return provider.ready(account, deadline());
    }

    SendOutcome send(SendOrder order) {
        return provider.send(account, (Ready) readiness(), order, deadline());
    }

    static SendOrder order(String id, String receivedId, String text) {
        return order(id, receivedId, text, null, "+421901727051");
    }

    static SendOrder order(
            String id, String receivedId, String text, @Nullable BinaryMessage binaryMessage, String to) {
        var orderRecipient = new OrderRecipient(new PhoneNumber(to), null, null, null, null, receivedId);
        return new SendOrder("T1", id, "", text, null, null, binaryMessage, List.of(orderRecipient));
    }

    @Override
    public void close() {
        providerHttpClient.close();
    }

    private static Config config(String url, Map<String, String> options) {
        var settings = new HashMap<>(Map.of(
                "provider", "text421",
                "url", url,
                "user", "user",
                "password", "right",
                "billing-key", "billing-1234",
                "from", "7401"));
        settings.putAll(options);
        settings.values().removeIf(String::isEmpty);
        var properties = new HashMap<String, String>();
        settings.forEach((key, value) ->
                properties.put(key.startsWith("hoopoe.") ? key : "hoopoe.accounts.bratislava." + key, value));
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build();
    }
}
