package hoopoe.local;

import hoopoe.local.every8d.Account;
import hoopoe.local.every8d.Every8dSimulator;
import java.net.URI;
import java.util.Map;

/** An EVERY8D with one account, which is Hoopoe's account {@code every8d} and calls back to it. */
public final class Every8d implements Simulator {

    static final String NAME = "every8d";

    private final Every8dSimulator simulator;
    private final LocalAccount local;
    private final Account account;

    private Every8d(Every8dSimulator simulator, URI api, Map<String, String> given) {
        this.simulator = simulator;
        this.local = new LocalAccount(NAME, api, given);
        this.account = simulator.account(local.user(), local.password()).callback(local.callback());
    }

    /** @param port 0 for any that is free */
    public static Simulator.Start on(int port) {
        return (api, given) -> new Every8d(Every8dSimulator.start(port), api, given);
    }

    public Every8dSimulator simulator() {
        return simulator;
    }

    /** The account at the provider. */
    public Account account() {
        return account;
    }

    /** The secret part of the path that callbacks go to. */
    public String token() {
        return local.token();
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
        return local.settings(url(), Map.of());
    }

    @Override
    public void close() {
        simulator.close();
    }
}
