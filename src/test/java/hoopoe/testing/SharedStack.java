package hoopoe.testing;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.local.Simulator;
import hoopoe.local.Stack;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One stack for all tests of a run that ask for it, because an environment of a function costs seconds. Tests keep apart by
 * using accounts of their own; the clock ticks only when asked, and then for all.
 */
public final class SharedStack implements AutoCloseable {

    /** The account of batches that name none. */
    public static final String DEFAULT = "every8d";

    /** An account that speaks SOAP 1.2. */
    public static final String MODERN = "modern";

    /** An account whose password is wrong. */
    public static final String REFUSED = "refused";

    /** An account with an unknown provider. */
    public static final String MISSPELT = "misspelt";

    /** Credentials, callback tokens and whole numbers have no place in a log. */
    private static final Pattern PRIVATE = Pattern.compile(Tenant.PASSWORD
            + "|user-of-|u-premium|u-panel|bill-of-|token-of-|forgotten"
            + "|[+]8869\\d{8}|\\b09\\d{8,9}\\b|[+]989\\d{9}|4219\\d{8}");

    private static final int SPARE = 64;
    private static final int PREMIUM = 12;
    private static final int PANELS = 12;

    /** API Gateway's 30 s are no test's subject here, and an environment may start on a machine that is busy with others. */
    private static final Duration COLD = Duration.ofMinutes(3);

    /** More time to log in, and less for a call, so that also the first login of an environment on a busy machine is waited for. */
    public static final Map<String, String> UNHURRIED =
            Map.of("hoopoe.timing.session", "14s", "hoopoe.provider.call-timeout", "8s");

    private final Map<String, Tenant> tenants = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Queue<PremiumTenant> premium = new ConcurrentLinkedQueue<>();
    private final Queue<PanelTenant> panels = new ConcurrentLinkedQueue<>();
    private final Stack stack;
    private final Api api;
    private int taken;

    private SharedStack() {
        var builder = Stack.builder()
                .timeout(COLD)
                .settings(UNHURRIED)
                .settings(Map.of(
                        "hoopoe.default-account", DEFAULT, "hoopoe.accounts." + MISSPELT + ".provider", "evry8d"))
                .simulator(tenant(DEFAULT, Map.of("simulated", "true")))
                .simulator(tenant(MODERN, Map.of("soap-version", "1.2")))
                .simulator(tenant(REFUSED, Map.of("password", "forgotten")));
        IntStream.range(0, SPARE).mapToObj(n -> tenant(spare(n), Map.of())).forEach(builder::simulator);
        IntStream.range(0, PREMIUM).mapToObj(this::premium).forEach(builder::simulator);
        IntStream.range(0, PANELS).mapToObj(this::panel).forEach(builder::simulator);
        stack = builder.start();
        api = new Api(stack.url());
        try {
            warmUp();
        } catch (RuntimeException | AssertionError e) {
            stack.close(); // nobody else will
            throw e;
        }
    }

    /** One after the other: environments that start together on two cores take each other's time. */
    private void warmUp() {
        try {
            api.awake();
            var sent = api.send("{\"text\": \"ready?\", \"recipients\": [{\"to\": \"0912345909\"}]}");
            api.batch(sent.path("id"));
            api.get(tenant(DEFAULT).callbacks());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (Exception e) { // as Await declares it
            throw new IllegalStateException(e);
        }
    }

    private Simulator.Start tenant(String name, Map<String, String> options) {
        return (url, given) -> tenants.computeIfAbsent(name, unknown -> new Tenant(unknown, url, options));
    }

    private Simulator.Start premium(int n) {
        return (url, given) -> {
            var tenant = new PremiumTenant("premium" + n, url);
            premium.add(tenant);
            return tenant;
        };
    }

    private Simulator.Start panel(int n) {
        return (url, given) -> {
            var tenant = new PanelTenant("panel" + n);
            panels.add(tenant);
            return tenant;
        };
    }

    private static String spare(int n) {
        return "spare" + n;
    }

    public Stack stack() {
        return stack;
    }

    public Api api() {
        return api;
    }

    /** One that no other test has. */
    public synchronized Tenant tenant() {
        return tenant(spare(taken++));
    }

    /** One of text421 that no other test has. */
    public PremiumTenant premium() {
        return premium.remove();
    }

    /** One of a panel that no other test has. */
    public PanelTenant panel() {
        return panels.remove();
    }

    public Tenant tenant(String name) {
        var tenant = tenants.get(name);
        if (tenant == null) {
            throw new IllegalArgumentException("no account " + name);
        }
        return tenant;
    }

    @Override
    public void close() {
        stack.close();
    }

    /**
     * Hands the stack to constructors of tests. It is started for the first and closed after the last test of the run; whatever
     * they were about, what it logged holds nothing private, and no function tried what it may not.
     */
    public static final class Extension implements ParameterResolver, AfterAllCallback {

        private static final ExtensionContext.Namespace HERE = ExtensionContext.Namespace.create(SharedStack.class);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == SharedStack.class;
        }

        @Override
        public SharedStack resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return shared(context);
        }

        @Override
        public void afterAll(ExtensionContext context) {
            assertThat(shared(context).stack.log()).noneMatch(PRIVATE.asPredicate());
            assertThat(shared(context).stack.policies().denied()).isEmpty();
        }

        private static SharedStack shared(ExtensionContext context) {
            return context.getRoot()
                    .getStore(HERE)
                    .computeIfAbsent(SharedStack.class, key -> new SharedStack(), SharedStack.class);
        }
    }
}
