package hoopoe.provider;

import hoopoe.Misconfiguration;
import hoopoe.metric.Metrics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The adapters that are built in, by type. */
@ApplicationScoped
public class Providers {

    private final Map<String, SmsProvider> byType;

    @Inject
    Providers(Instance<SmsProvider> adapters, Metrics metrics) {
        this(adapters.stream(), metrics);
    }

    public Providers(Stream<SmsProvider> adapters, Metrics metrics) {
        this.byType = adapters.collect(Collectors.toMap(SmsProvider::type, adapter -> new Watched(adapter, metrics)));
    }

    /** @throws Misconfiguration where the account names a provider that is not built in: a mistake of the configuration */
    public SmsProvider of(Account account) {
        var provider = byType.get(account.provider());
        if (provider == null) {
            throw new Misconfiguration("account " + account.name() + " names no known provider");
        }
        return provider;
    }
}
