package hoopoe.local;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;

/**
 * A port of {@code mvn -Prun}.
 *
 * @param setting by which it is another
 * @param number 0 for any that is free
 */
record LocalPort(String setting, int number) {

    private static final int MOST = 65_535;

    /** @throws IllegalStateException if the given value is not a port */
    static LocalPort of(Map<String, String> given, String setting, int otherwise) {
        var number = Settings.number(given, setting, otherwise);
        if (number < 0 || number > MOST) {
            throw new IllegalStateException(setting + " is no port, which is at most " + MOST);
        }
        return new LocalPort(setting, number);
    }

    /**
     * Checks that the port is free, and returns its number.
     *
     * @throws IllegalStateException if another process uses it
     */
    int free() {
        try (var tried = new ServerSocket()) {
            tried.setReuseAddress(true); // as those do that take it
            tried.bind(new InetSocketAddress("127.0.0.1", number));
            return number;
        } catch (IOException e) {
            throw new IllegalStateException("port " + number + " is taken: give another by -D" + setting + "=…", e);
        }
    }
}
