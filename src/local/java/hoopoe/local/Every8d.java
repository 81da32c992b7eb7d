package hoopoe.local;

import hoopoe.local.every8d.Account;
import hoopoe.local.every8d.Every8dSimulator;
import java.net.URI;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;

/**
 * An EVERY8D with one account, which is Hoopoe's account {@code every8d} and calls back to it. Where the settings point that
 * account somewhere else, nobody uses it, and no credentials are made up for a server that could lock an account.
 */
public final class Every8d implements Simulator {

    private static final String NAME = "every8d";
    private static final String PREFIX = "hoopoe.accounts." + NAME + ".";
    private static final String USER = "local";
    private static final String PASSWORD = "local";

    private final Every8dSimulator simulator;
    private final Account account;
    private final String token;
    private final boolean elsewhere;

    private Every8d(Every8dSimulator simulator, URI api, Map<String, String> given) {
        this.simulator = simulator;
        this.elsewhere = given.containsKey(Settings.variable(PREFIX + "url"));
        this.token = given.getOrDefault(Settings.variable(PREFIX + "callback-tokens"), random())
                .split(",")[0]
                .strip();
        this.account = simulator
                .account(
                        given.getOrDefault(Settings.variable(PREFIX + "user"), USER),
                        given.getOrDefault(Settings.variable(PREFIX + "password"), PASSWORD))
                .callback(api.resolve("/callbacks/" + NAME + "/" + token));
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
        return token;
    }

    @Override
    public Map<String, String> settings() {
        return elsewhere
                ? Map.of("hoopoe.default-account", NAME, PREFIX + "provider", NAME, PREFIX + "callback-tokens", token)
                : Map.of(
                        "hoopoe.default-account",
                        NAME,
                        PREFIX + "provider",
                        NAME,
                        PREFIX + "callback-tokens",
                        token,
                        PREFIX + "url",
                        simulator.url(),
                        PREFIX + "user",
                        account.user(),
                        PREFIX + "password",
                        PASSWORD);
    }

    @Override
    public void close() {
        simulator.close();
    }

    private static String random() {
        var bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
