package hoopoe.provider.smspanel;

import hoopoe.account.Account;
import hoopoe.account.Accounts;
import hoopoe.account.session.AccountBlocks;
import hoopoe.account.session.Session;
import hoopoe.account.session.SessionStore;
import hoopoe.message.PhoneNumber;
import hoopoe.provider.Deadline;
import hoopoe.provider.Readiness;
import hoopoe.provider.Readiness.Ready;
import hoopoe.provider.ReportQuery;
import hoopoe.provider.SendOrder;
import hoopoe.provider.SendOrder.OrderRecipient;
import hoopoe.provider.SendOutcome;
import hoopoe.provider.SendOutcome.Accepted;
import hoopoe.provider.SendOutcome.RecipientResult;
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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/** The adapter wired as an application does, with its latch in memory and user {@code user}, password {@code right}. */
final class Adapter implements AutoCloseable {

    static final HttpLimits LIMITS =
            new HttpLimits(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(2), 4 << 20);

    final SmspanelProvider provider;
    final Account account;
    final Clock clock = Clock.systemUTC();
    final Latch latch;
    private final ProviderHttpClient providerHttpClient;

    /** @param options of the account, over the usual ones, or of another with its name; an empty one is taken away */
    Adapter(String url, HttpLimits limits, Map<String, String> options, Latch latch) {
        this(url, limits, options, latch, ConfiguredSecrets::new);
    }

    /** One whose secrets cannot be read at the moment. */
    static Adapter away(String url) {
        return new Adapter(url, LIMITS, Map.of(), new Latch(), config -> new AwaySecrets());
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
        this.account = accounts.find("tehran").orElseThrow();
        this.latch = latch;
        this.providerHttpClient = providerHttpClient;
        var calls = new SmspanelClient(providerHttpClient);
        var access = new SmspanelLogin(secrets.apply(config), new AccountBlocks(latch, clock), accounts);
        var inquiry = new SmspanelQueryCall(calls, access);
        this.provider = new SmspanelProvider(calls, access, inquiry, new SmspanelReports(inquiry));
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

    static SendOrder order(String text, String... numbers) {
        return new SendOrder("T1", "", text, null, null, recipients(numbers));
    }

    static List<OrderRecipient> recipients(String... numbers) {
        return Stream.of(numbers).map(number -> recipient(number, null)).toList();
    }

    static OrderRecipient recipient(String number, String text) {
        return new OrderRecipient(new PhoneNumber(number), text, null, null, null, null);
    }

    /** As it is asked about afterwards. */
    static ReportQuery query(SendOrder order, Accepted accepted) {
        var ids = accepted.results().stream().map(RecipientResult::id).toList();
        return new ReportQuery(
                String.valueOf(accepted.reference()),
                IntStream.range(0, ids.size())
                        .mapToObj(n -> new ReportQuery.QueriedMessage(
                                order.recipients().get(n).to(), ids.get(n)))
                        .toList());
    }

    @Override
    public void close() {
        providerHttpClient.close();
    }

    private static Config config(String url, Map<String, String> options) {
        var settings = new HashMap<>(Map.of(
                "provider", "smspanel",
                "url", url,
                "user", "user",
                "password", "right",
                "from", "3000123"));
        settings.putAll(options);
        settings.values().removeIf(String::isEmpty);
        var properties = new HashMap<String, String>();
        settings.forEach((key, value) ->
                properties.put("hoopoe.accounts." + (key.contains(".") ? key : "tehran." + key), value));
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build();
    }
}
