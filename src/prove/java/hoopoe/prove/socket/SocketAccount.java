package hoopoe.prove.socket;

import hoopoe.local.Simulator;
import hoopoe.local.every8d.Switch;
import hoopoe.local.wire.Faults;
import hoopoe.testing.PanelTenant;
import hoopoe.testing.PremiumTenant;
import hoopoe.testing.Tenant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** An account whose provider is behind a line that breaks. Nobody calls back, so that a tick has to ask. */
final class SocketAccount implements Simulator {

    private final Simulator tenant;
    private final Supplier<String> recipient;
    private final FaultyLine line;

    private SocketAccount(Simulator tenant, Supplier<String> recipient, FaultyLine line) {
        this.tenant = tenant;
        this.recipient = recipient;
        this.line = line;
    }

    /**
     * @param api where the stack answers
     * @param tls null for none
     */
    static SocketAccount of(String name, SocketCall call, URI api, @Nullable SSLContext tls, ExecutorService threads) {
        switch (call.provider()) {
            case EVERY8D -> {
                var tenant = new Tenant(name, api, Map.of());
                tenant.every8d().switches().set(Switch.Callbacks.OFF);
                return of(tenant, call, tenant.every8d().faults(), () -> "\"to\": \"+886900000001\"", tls, threads);
            }
            case TEXT421 -> {
                var tenant = new PremiumTenant(name, api);
                tenant.text421().switches().set(hoopoe.local.text421.Switch.Pushes.OFF);
                return of(tenant, call, tenant.text421().faults(), () -> answering(tenant), tls, threads);
            }
            case SMSPANEL -> {
                var tenant = new PanelTenant(name);
                return of(tenant, call, tenant.panel().faults(), () -> "\"to\": \"09120000001\"", tls, threads);
            }
        }
        throw new IllegalArgumentException(call.toString());
    }

    private static SocketAccount of(
            Simulator tenant,
            SocketCall call,
            Faults faults,
            Supplier<String> recipient,
            @Nullable SSLContext tls,
            ExecutorService threads) {
        try {
            var line = new FaultyLine(
                    URI.create(tenant.url()), tls, () -> faults.next(call.operation(), call.no()), threads);
            return new SocketAccount(tenant, recipient, line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String answering(PremiumTenant tenant) {
        return "\"to\": \"+421901727051\", \"received_id\": \"%s\""
                .formatted(tenant.receive("421901727051", "?").receivedId());
    }

    FaultyLine line() {
        return line;
    }

    /** A request for a batch of one message. */
    String body(String text) {
        return "{\"account\": \"%s\", \"text\": \"%s\", \"recipients\": [{%s}]}"
                .formatted(name(), text, recipient.get());
    }

    @Override
    public String name() {
        return tenant.name();
    }

    @Override
    public String url() {
        return line.url();
    }

    @Override
    public Map<String, String> settings() {
        var settings = new TreeMap<>(tenant.settings());
        settings.put("hoopoe.accounts." + name() + ".url", url());
        return settings;
    }

    @Override
    public void close() {
        try {
            line.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            tenant.close();
        }
    }
}
