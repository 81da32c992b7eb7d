package hoopoe.provider;

import hoopoe.account.Account;
import hoopoe.account.Accounts;
import hoopoe.account.session.AccountBlocks;
import hoopoe.message.PhoneNumber;
import hoopoe.provider.Readiness.Ready;
import hoopoe.provider.SendOrder.OrderRecipient;
import hoopoe.provider.http.HttpLimits;
import hoopoe.provider.http.ProviderHttpClient;
import hoopoe.secret.ConfiguredSecrets;
import hoopoe.secret.Secrets;
import hoopoe.testing.MemorySessionStore;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/** An adapter wired as an application does, with sessions in memory and user {@code user}, password {@code right}. */
public abstract class AdapterFixture implements AutoCloseable {

    public static final HttpLimits LIMITS =
            new HttpLimits(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(2), 4 << 20);

    public final Account account;
    public final Clock clock;
    public final MemorySessionStore sessions;
    protected final ProviderHttpClient providerHttpClient;
    protected final Accounts accounts;
    protected final Secrets secrets;
    protected final AccountBlocks accountBlocks;

    /** What a test wants, otherwise than usual where it says so. */
    public static final class Setup {
        private final Map<String, String> options = new HashMap<>();
        private @Nullable ProviderHttpClient providerHttpClient;
        private HttpLimits limits = LIMITS;
        private MemorySessionStore sessions = new MemorySessionStore();
        private Function<Config, Secrets> secrets = ConfiguredSecrets::new;
        private Clock clock = Clock.systemUTC();

        public Setup(String url) {
            options.put("url", url);
        }

        /** @param options of the account, or {@code <name>.<option>} of another; an empty one is taken away */
        public Setup options(Map<String, String> options) {
            this.options.putAll(options);
            return this;
        }

        public Setup limits(HttpLimits limits) {
            this.limits = limits;
            return this;
        }

        /** Over a wire of the test's. */
        public Setup over(ProviderHttpClient providerHttpClient) {
            this.providerHttpClient = providerHttpClient;
            return this;
        }

        /** Those of another process. */
        public Setup sessions(MemorySessionStore sessions) {
            this.sessions = sessions;
            return this;
        }

        public Setup secrets(Secrets secrets) {
            this.secrets = config -> secrets;
            return this;
        }

        public Setup clock(Clock clock) {
            this.clock = clock;
            return this;
        }
    }

    /**
     * @param name of the account
     * @param usual options of it
     */
    protected AdapterFixture(String name, Map<String, String> usual, Setup setup) {
        var config = config(name, usual, setup.options);
        accounts = new Accounts(config);
        account = accounts.find(name).orElseThrow();
        clock = setup.clock;
        sessions = setup.sessions;
        secrets = setup.secrets.apply(config);
        accountBlocks = new AccountBlocks(sessions, clock);
        providerHttpClient =
                setup.providerHttpClient == null ? new ProviderHttpClient(setup.limits) : setup.providerHttpClient;
    }

    public abstract SmsProvider provider();

    public Deadline deadline() {
        return Deadline.in(Duration.ofSeconds(28), clock);
    }

    public Readiness readiness() {
        return provider().ready(account, deadline());
    }

    public Ready ready() {
        return (Ready) readiness();
    }

    public SendOutcome send(SendOrder order) {
        return send(ready(), order);
    }

    public SendOutcome send(Ready ready, SendOrder order) {
        return provider().send(account, ready, order, deadline());
    }

    public static List<OrderRecipient> recipients(String... numbers) {
        return Stream.of(numbers).map(number -> recipient(number, null)).toList();
    }

    public static OrderRecipient recipient(String number, @Nullable String text) {
        return new OrderRecipient(new PhoneNumber(number), text, null, null, null, null);
    }

    private static Config config(String name, Map<String, String> usual, Map<String, String> options) {
        var settings = new HashMap<>(Map.of("user", "user", "password", "right"));
        settings.putAll(usual);
        settings.putAll(options);
        settings.values().removeIf(String::isEmpty);
        var properties = new HashMap<String, String>();
        settings.forEach((key, value) ->
                properties.put("hoopoe.accounts." + (key.contains(".") ? key : name + '.' + key), value));
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build();
    }

    @Override
    public void close() {
        providerHttpClient.close();
    }
}
