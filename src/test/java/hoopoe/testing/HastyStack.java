package hoopoe.testing;

import hoopoe.local.Simulator;
import hoopoe.local.Stack;
import hoopoe.local.dynamo.LocalDynamo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A stack whose limits are short, for tests of what takes too long and of what dies: one for all that ask for it. Between its
 * functions and their table stands a gate.
 */
public final class HastyStack implements AutoCloseable {

    /** A thread for each call that waits. The common pool has one on two cores, and a killed process is reported by it. */
    public static final Executor ASIDE = work -> {
        var thread = new Thread(work, "aside");
        thread.setDaemon(true);
        thread.start();
    };

    /** The chain of {@code Timeouts}, as short as a machine under load bears. */
    private static final Map<String, String> LIMITS = Map.of(
            "hoopoe.timing.function", "7s",
            "hoopoe.timing.longest-function", "7s",
            "hoopoe.timing.session", "3s",
            "hoopoe.timing.lease", "500ms",
            "hoopoe.timing.untouched", "1s",
            "hoopoe.provider.call-timeout", "3s",
            "hoopoe.provider.connect-timeout", "2s",
            "hoopoe.provider.call-margin", "500ms",
            "hoopoe.poll.reserve", "1s");

    /** Not the subject here: an environment may start on a machine that is busy with others. */
    private static final Duration COLD = Duration.ofMinutes(3);

    private static final int TENANTS = 34;
    private static final String WIDE = "wide";

    private final TableGate gate = new TableGate(LocalDynamo.shared().endpoint());
    private final Stack stack;
    private final Api api;
    private final Iterator<Tenant> tenants;
    private final Tenant wide;

    private HastyStack() {
        List<Tenant> made = new ArrayList<>();
        var builder = Stack.builder()
                .timeout(COLD)
                .settings(LIMITS)
                .settings(Map.of("quarkus.dynamodb.endpoint-override", gate.url()));
        for (int n = 0; n < TENANTS; n++) {
            builder.simulator(tenant("hasty" + n, Map.of(), made));
        }
        builder.simulator(tenant(WIDE, Map.of("dispatch-size", "1500"), made));
        stack = builder.start();
        api = new Api(stack.url());
        tenants = made.iterator();
        wide = made.get(TENANTS);
        try {
            warmUp(tenants.next());
        } catch (RuntimeException | AssertionError e) {
            close(); // nobody else will
            throw e;
        }
    }

    /** One after the other: environments that start together on two cores take each other's time. */
    private void warmUp(Tenant tenant) {
        api.get("/v1/accounts/" + tenant.name() + "/credit");
        api.batch(api.send(Bodies.to(tenant, 1)).path("id"));
        api.get(tenant.callbacks());
        api.tick();
    }

    private static Simulator.Start tenant(String name, Map<String, String> options, List<Tenant> made) {
        return (url, given) -> {
            var tenant = new Tenant(name, url, options);
            made.add(tenant);
            return tenant;
        };
    }

    public Stack stack() {
        return stack;
    }

    public Api api() {
        return api;
    }

    public TableGate gate() {
        return gate;
    }

    /** An account that no other test has. */
    public synchronized Tenant tenant() {
        return tenants.next();
    }

    /** Ticks, aside, until it has come to something. Ends when the last tick has ended, or died. */
    public CompletableFuture<Void> tickUntil(CountDownLatch something) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        while (something.getCount() > 0) {
                            stack.tick();
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                ASIDE);
    }

    /** One whose dispatches hold more than a page of a report. */
    public Tenant wide() {
        return wide;
    }

    @Override
    public void close() {
        stack.close();
        gate.close();
    }

    /** Hands the stack to constructors of tests. It is started for the first and closed after the last test of the run. */
    public static final class Extension implements ParameterResolver {

        private static final ExtensionContext.Namespace HERE = ExtensionContext.Namespace.create(HastyStack.class);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == HastyStack.class;
        }

        @Override
        public HastyStack resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(HERE)
                    .computeIfAbsent(HastyStack.class, key -> new HastyStack(), HastyStack.class);
        }
    }
}
