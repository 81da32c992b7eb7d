package hoopoe.platform.runtime;

import java.util.Map;

/**
 * An answer of the Runtime API.
 *
 * @param headers by name in lower case
 */
record RuntimeAnswer(int status, Map<String, String> headers, byte[] body) {

    String header(String name) {
        return headers.getOrDefault(name, "");
    }
}
