package hoopoe.provider;

import hoopoe.account.Account;
import hoopoe.observability.Metrics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The built-in adapters, by type. */
@ApplicationScoped
public class Providers {

    private final Map<String, SmsProvider> byType;
    private final Metrics metrics;

    @Inject
    Providers(Instance<SmsProvider> adapters, Metrics metrics) {
        this(adapters.stream(), metrics);
    }

    public Providers(Stream<SmsProvider> adapters, Metrics metrics) {
        this.metrics = metrics;
        this.byType = adapters.collect(Collectors.toMap(
                SmsProvider::type,
                adapter -> new InstrumentedProvider(adapter, metrics),
                (one, other) -> one,
                TreeMap::new));
    }

    /** The types of all adapters. */
    public Set<String> types() {
        return Collections.unmodifiableSet(byType.keySet());
    }

    /** Returns the account's adapter; for a misconfigured account, one that does nothing and says so. */
    public SmsProvider of(Account account) {
        return objection(account)
                .<SmsProvider>map(words -> new InstrumentedProvider(
                        new MisconfiguredProvider(words, byType.get(account.provider())), metrics))
                .orElseGet(() -> byType.get(account.provider()));
    }

    /** What is wrong with an account's settings, without repeating any value; empty where they are valid. */
    public Optional<String> objection(Account account) {
        var adapter = byType.get(account.provider());
        return adapter == null
                ? Optional.of("provider is one of " + String.join(", ", byType.keySet()))
                : account.objection().or(() -> adapter.objection(account));
    }
}
