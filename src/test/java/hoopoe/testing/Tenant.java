package hoopoe.testing;

import hoopoe.local.Simulator;
import hoopoe.local.every8d.Account;
import hoopoe.local.every8d.Every8dSimulator;
import hoopoe.local.stage.Timings;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/**
 * An account of the gateway with a simulated EVERY8D of its own: its switches, faults, clock and wire log
 * are one test's own, however many share the stack.
 */
public final class Tenant implements Simulator {

    /** Of accounts of tests, so that a log can be searched for it. */
    static final String PASSWORD = "pass-of-a-tenant";

    private final String name;
    private final Map<String, String> options;
    private final Every8dSimulator every8d;
    private final Account customer;
    private final String callbacks;

    /**
     * @param name of the account
     * @param api where the stack answers
     * @param options more settings of the account, without their prefix; they win over the usual ones
     */
    public Tenant(String name, URI api, Map<String, String> options) {
        this(name, api, options, Every8dSimulator.start());
    }

    /** @param every8d one that no other account uses */
    public Tenant(String name, URI api, Map<String, String> options, Every8dSimulator every8d) {
        this.name = name;
        this.options = options;
        this.callbacks = "/callbacks/" + name + "/token-of-" + name + "-0123456789abcdef";
        this.every8d = every8d.timings(Timings.quick());
        this.customer = every8d.account("user-of-" + name, PASSWORD).callback(api.resolve(callbacks));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String url() {
        return every8d.url();
    }

    public Every8dSimulator every8d() {
        return every8d;
    }

    /** The account at the provider. */
    public Account customer() {
        return customer;
    }

    /** The path that callbacks go to. */
    public String callbacks() {
        return callbacks;
    }

    /** How often the provider was asked for this. */
    public int asked(String operation) {
        return every8d.wire().count(operation);
    }

    @Override
    public Map<String, String> settings() {
        var all = new TreeMap<String, String>();
        all.put("provider", "every8d");
        all.put("url", every8d.url());
        all.put("user", customer.user());
        all.put("password", PASSWORD);
        all.put("callback-tokens", callbacks.substring(callbacks.lastIndexOf('/') + 1));
        all.putAll(options);
        var settings = new TreeMap<String, String>();
        all.forEach((key, value) -> settings.put("hoopoe.accounts." + name + '.' + key, value));
        return settings;
    }

    @Override
    public void close() {
        every8d.close();
    }
}
