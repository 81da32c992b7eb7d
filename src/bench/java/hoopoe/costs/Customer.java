package hoopoe.costs;

import hoopoe.local.Simulator;
import hoopoe.local.every8d.Every8dSimulator;
import hoopoe.local.stage.Timings;
import java.net.URI;
import java.util.Map;

/** An account of an EVERY8D of its own, which delivers at once. */
final class Customer implements Simulator {

    private static final String TOKEN = "00112233445566778899aabbccddeeff";
    private static final String SECRET = "costs";

    private final String name;
    private final Every8dSimulator every8d = Every8dSimulator.start().timings(Timings.quick());

    private Customer(String name, URI api, boolean callsBack) {
        this.name = name;
        var account = every8d.account(SECRET, SECRET).credit("1000000000");
        if (callsBack) {
            account.callback(api.resolve("/callbacks/" + name + "/" + TOKEN));
        }
    }

    /** @param callsBack whether the provider tells of deliveries, or has to be asked */
    static Simulator.Start of(String name, boolean callsBack) {
        return (api, given) -> new Customer(name, api, callsBack);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String url() {
        return every8d.url();
    }

    /** How often it was asked for something. */
    int asked(String operation) {
        return every8d.wire().count(operation);
    }

    /** Each receiver of a message that was sent alone answers it. @return how many did */
    int reply() {
        return every8d.batches().stream()
                .filter(batch -> batch.messages().size() == 1)
                .mapToInt(batch ->
                        every8d.reply(batch.id(), batch.messages().get(0).mobile(), "Thank you") ? 1 : 0)
                .sum();
    }

    @Override
    public Map<String, String> settings() {
        var account = "hoopoe.accounts." + name + ".";
        return Map.of(
                account + "provider", "every8d",
                account + "url", every8d.url(),
                account + "user", SECRET,
                account + "password", SECRET,
                account + "callback-tokens", TOKEN);
    }

    @Override
    public void close() {
        every8d.close();
    }
}
