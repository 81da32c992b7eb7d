package hoopoe.local;

import hoopoe.local.smspanel.Account;
import hoopoe.local.smspanel.SmspanelSimulator;
import java.net.URI;
import java.util.Map;

/** A panel with one account, which is Hoopoe's account {@code smspanel}. It sends no callbacks: it has to be polled. */
public final class Smspanel implements Simulator {

    static final String NAME = "smspanel";
    private static final String FROM = "3000123";

    private final SmspanelSimulator simulator;
    private final LocalAccount local;
    private final Account account;

    private Smspanel(SmspanelSimulator simulator, URI api, Map<String, String> given) {
        this.simulator = simulator;
        this.local = new LocalAccount(NAME, api, given);
        this.account = simulator.account(local.user(), local.password()).number(local.given("from", FROM));
    }

    /** @param port 0 for any that is free */
    public static Simulator.Start on(int port) {
        return (api, given) -> new Smspanel(SmspanelSimulator.start(port), api, given);
    }

    public SmspanelSimulator simulator() {
        return simulator;
    }

    /** The account at the provider. */
    public Account account() {
        return account;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String url() {
        return simulator.url();
    }

    @Override
    public Map<String, String> settings() {
        return local.settings(url(), Map.of("from", FROM));
    }

    @Override
    public void close() {
        simulator.close();
    }
}
