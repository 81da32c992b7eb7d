package hoopoe.local;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** The providers that the local stack stands in for, each with its account; the first one's is the default. */
enum LocalProvider {
    EVERY8D(Every8d.NAME, 3001, Every8d::on),
    TEXT421(Text421.NAME, 3002, Text421::on),
    SMSPANEL(Smspanel.NAME, 3003, Smspanel::on);

    private final String account;
    private final int port;
    private final IntFunction<Simulator.Start> on;

    LocalProvider(String account, int port, IntFunction<Simulator.Start> on) {
        this.account = account;
        this.port = port;
        this.on = on;
    }

    /** @param given {@code hoopoe.local.<account>-port}, as an environment variable, for another port than the usual one */
    static List<Simulator.Start> all(Map<String, String> given) {
        return Arrays.stream(values())
                .map(provider -> provider.on.apply(provider.port(given)))
                .toList();
    }

    static String defaultAccount() {
        return values()[0].account;
    }

    private int port(Map<String, String> given) {
        return LocalPort.of(given, "hoopoe.local." + account + "-port", port).free();
    }
}
