package hoopoe.testing;

import hoopoe.local.Simulator;
import hoopoe.local.stage.Timings;
import hoopoe.local.text421.Account;
import hoopoe.local.text421.ReceivedMessage;
import hoopoe.local.text421.Text421Simulator;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/** An account of the gateway with a simulated text421 of its own. */
public final class PremiumTenant implements Simulator {

    private final String name;
    private final Text421Simulator text421;
    private final Account customer;
    private final String callbacks;

    /** @param api where the stack answers */
    public PremiumTenant(String name, URI api) {
        this.name = name;
        this.callbacks = "/callbacks/" + name + "/token-of-" + name + "-0123456789abcdef";
        this.text421 = Text421Simulator.start().timings(Timings.quick());
        this.customer = text421.account("u-" + name, Tenant.PASSWORD).callback(api.resolve(callbacks));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String url() {
        return text421.url();
    }

    public Text421Simulator text421() {
        return text421;
    }

    /** The account at the provider. */
    public Account customer() {
        return customer;
    }

    /** A person writes in. */
    public ReceivedMessage receive(String msisdn, String text) {
        return text421.receive(customer, msisdn, text, "7401");
    }

    /** How often the provider was asked for this. */
    public int asked(String operation) {
        return text421.wire().count(operation);
    }

    @Override
    public Map<String, String> settings() {
        var settings = new TreeMap<String, String>();
        var all = Map.of(
                "provider",
                "text421",
                "url",
                url(),
                "user",
                customer.user(),
                "password",
                Tenant.PASSWORD,
                "billing-key",
                "bill-of-" + name,
                "from",
                "7401",
                "callback-tokens",
                callbacks.substring(callbacks.lastIndexOf('/') + 1));
        all.forEach((key, value) -> settings.put("hoopoe.accounts." + name + '.' + key, value));
        return settings;
    }

    @Override
    public void close() {
        text421.close();
    }
}
