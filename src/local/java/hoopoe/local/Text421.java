package hoopoe.local;

import hoopoe.local.text421.Account;
import hoopoe.local.text421.Text421Simulator;
import java.net.URI;
import java.util.Map;

/** A text421 with one account, which is Hoopoe's account {@code text421} and pushes to it. */
public final class Text421 implements Simulator {

    static final String NAME = "text421";
    private static final String BILLING_KEY = "local";
    private static final String SHORT_NUMBER = "7401";

    private final Text421Simulator simulator;
    private final LocalAccount local;
    private final Account account;

    private Text421(Text421Simulator simulator, URI api, Map<String, String> given) {
        this.simulator = simulator;
        this.local = new LocalAccount(NAME, api, given);
        this.account = simulator.account(local.user(), local.password()).callback(local.callback());
    }

    /** @param port 0 for any that is free */
    public static Simulator.Start on(int port) {
        return (api, given) -> new Text421(Text421Simulator.start(port), api, given);
    }

    public Text421Simulator simulator() {
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
        return local.settings(url(), Map.of("billing-key", BILLING_KEY, "from", SHORT_NUMBER));
    }

    @Override
    public void close() {
        simulator.close();
    }
}
