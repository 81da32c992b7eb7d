package hoopoe.local;

import java.net.URI;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * Hoopoe's account at a simulator, with the provider's name. If the settings point the account to another server, the simulator
 * is not used, and no credentials are invented: a real server could lock an account.
 */
final class LocalAccount {

    private static final String USER = "local";
    private static final String PASSWORD = "local";

    private final String name;
    private final URI api;
    private final Map<String, String> given;
    private final String token;

    /**
     * @param api where the stack's API will answer
     * @param given the settings asked for, as environment variables
     */
    LocalAccount(String name, URI api, Map<String, String> given) {
        this.name = name;
        this.api = api;
        this.given = given;
        this.token = given("callback-tokens", random()).split(",")[0].strip();
    }

    String name() {
        return name;
    }

    String user() {
        return given("user", USER);
    }

    String password() {
        return given("password", PASSWORD);
    }

    /** The value that was set for the account, else the default. */
    String given(String key, String otherwise) {
        return given.getOrDefault(Settings.variable(setting(key)), otherwise);
    }

    /** The secret part of the path that callbacks go to. */
    String token() {
        return token;
    }

    URI callback() {
        return api.resolve("/callbacks/" + name + "/" + token);
    }

    /**
     * The settings that the functions need for it.
     *
     * @param url of the simulator
     * @param options of the account, without their prefix
     */
    Map<String, String> settings(String url, Map<String, String> options) {
        var settings = new TreeMap<String, String>();
        settings.put(setting("provider"), name);
        settings.put(setting("callback-tokens"), token);
        if (given("url", "").isEmpty()) {
            settings.put(setting("url"), url);
            settings.put(setting("simulated"), "true");
            settings.put(setting("user"), user());
            settings.put(setting("password"), password());
            options.forEach((key, value) -> settings.put(setting(key), value));
        }
        return settings;
    }

    private String setting(String key) {
        return "hoopoe.accounts." + name + '.' + key;
    }

    private static String random() {
        var bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
