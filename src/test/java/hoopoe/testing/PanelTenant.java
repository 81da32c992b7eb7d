package hoopoe.testing;

import hoopoe.local.Simulator;
import hoopoe.local.smspanel.Account;
import hoopoe.local.smspanel.SmspanelSimulator;
import hoopoe.local.stage.Timings;
import java.util.Map;
import java.util.TreeMap;

/** An account of the gateway with a simulated panel of its own. */
public final class PanelTenant implements Simulator {

    private static final String FROM = "3000123";

    private final String name;
    private final SmspanelSimulator panel;
    private final Account customer;

    public PanelTenant(String name) {
        this.name = name;
        this.panel = SmspanelSimulator.start().timings(Timings.quick());
        this.customer = panel.account("u-" + name, Tenant.PASSWORD).number(FROM);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String url() {
        return panel.url();
    }

    public SmspanelSimulator panel() {
        return panel;
    }

    /** The account at the provider. */
    public Account customer() {
        return customer;
    }

    /** A person writes in. */
    public void receive(String from, String text) {
        panel.receive(customer, from, FROM, text);
    }

    /** The path that callbacks would go to, did a panel call back. */
    public String callbacks() {
        return "/callbacks/" + name + "/" + token();
    }

    private String token() {
        return "token-of-" + name + "-0123456789abcdef";
    }

    /** How often the provider was asked for this. */
    public int asked(String operation) {
        return panel.wire().count(operation);
    }

    @Override
    public Map<String, String> settings() {
        var settings = new TreeMap<String, String>();
        Map.of(
                        "provider",
                        "smspanel",
                        "url",
                        url(),
                        "user",
                        customer.user(),
                        "password",
                        Tenant.PASSWORD,
                        "from",
                        FROM,
                        "callback-tokens",
                        token())
                .forEach((key, value) -> settings.put("hoopoe.accounts." + name + '.' + key, value));
        return settings;
    }

    @Override
    public void close() {
        panel.close();
    }
}
