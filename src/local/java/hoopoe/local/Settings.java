package hoopoe.local;

import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Settings on their way into a function, where they are environment variables, as in AWS. */
public final class Settings {

    private Settings() {}

    /** The variable that carries a setting: {@code hoopoe.poll.first-check} is {@code HOOPOE_POLL_FIRST_CHECK}. */
    static String variable(String setting) {
        return setting.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    /** The variables that carry the settings. */
    public static Map<String, String> variables(Map<String, String> settings) {
        var variables = new TreeMap<String, String>();
        settings.forEach((name, value) -> variables.put(variable(name), value));
        return variables;
    }

    /**
     * The value of a setting that is a number.
     *
     * @throws IllegalStateException if it is not a number
     */
    static int number(Map<String, String> given, String setting, int otherwise) {
        var asked = given.get(variable(setting));
        try {
            return asked == null ? otherwise : Integer.parseInt(asked);
        } catch (NumberFormatException e) {
            throw new IllegalStateException(setting + " is no whole number", e);
        }
    }

    /** Hoopoe's settings among the properties and variables of a process; a property wins over a variable. */
    static Map<String, String> given(Properties properties, Map<String, String> environment) {
        var given = new TreeMap<String, String>();
        environment.forEach((name, value) -> {
            if (name.startsWith("HOOPOE_")) {
                given.put(name, value);
            }
        });
        for (var name : properties.stringPropertyNames()) {
            if (name.startsWith("hoopoe.")) {
                given.put(variable(name), properties.getProperty(name));
            }
        }
        return given;
    }
}
