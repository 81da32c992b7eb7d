package hoopoe.provider.text421;

import hoopoe.message.BinaryMessage;
import hoopoe.message.PhoneNumber;
import hoopoe.provider.Account;
import hoopoe.provider.Accounts;
import hoopoe.provider.Deadline;
import hoopoe.provider.Latches;
import hoopoe.provider.Readiness;
import hoopoe.provider.Readiness.Ready;
import hoopoe.provider.SendOrder;
import hoopoe.provider.SendOrder.Recipient;
import hoopoe.provider.SendOutcome;
import hoopoe.provider.Session;
import hoopoe.provider.SessionKeys;
import hoopoe.provider.wire.Wire;
import hoopoe.provider.wire.WireLimits;
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

    static final WireLimits LIMITS =
            new WireLimits(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(2), 4 << 20);

    final Text421Provider provider;
    final Account account;
    final Clock clock = Clock.systemUTC();
    final Latch latch;
    private final Wire wire;

    /** @param options of the account, over the usual ones, or whole names; an empty one is taken away */
    Adapter(String url, WireLimits limits, Map<String, String> options, Latch latch) {
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
    Adapter(String url, Wire wire) {
        this(url, wire, Map.of(), new Latch(), ConfiguredSecrets::new);
    }

    private Adapter(
            String url,
            WireLimits limits,
            Map<String, String> options,
            Latch latch,
            Function<Config, Secrets> secrets) {
        this(url, new Wire(limits), options, latch, secrets);
    }

    private Adapter(
            String url, Wire wire, Map<String, String> options, Latch latch, Function<Config, Secrets> secrets) {
        var config = config(url, options);
        var accounts = new Accounts(config);
        this.account = accounts.find("bratislava").orElseThrow();
        this.latch = latch;
        this.wire = wire;
        var calls = new Text421Calls(wire);
        var login = new Text421Login(secrets.apply(config), new Latches(latch, clock), accounts);
        this.provider = new Text421Provider(calls, login, new Text421Reports(calls, login));
    }

    Adapter(String url, Map<String, String> options) {
        this(url, LIMITS, options, new Latch());
    }

    Adapter(String url) {
        this(url, Map.of());
    }

    /** Sessions in memory. */
    static final class Latch implements SessionKeys {

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

    static SendOrder order(String id, String receivedId, String text, @Nullable BinaryMessage binaryMessage, String to) {
        var recipient = new Recipient(new PhoneNumber(to), null, null, null, null, receivedId);
        return new SendOrder("T1", id, "", text, null, null, binaryMessage, List.of(recipient));
    }

    @Override
    public void close() {
        wire.close();
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
