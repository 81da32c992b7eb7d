package hoopoe.local.every8d;

import java.net.URI;
import java.util.OptionalInt;

/**
 * One try to deliver a callback.
 *
 * @param number 1 for the first, up to 11
 * @param status the HTTP status that came back; none when nothing did
 */
public record CallbackAttempt(URI url, int number, OptionalInt status) {
    boolean taken() {
        return status.isPresent() && status.getAsInt() == 200;
    }
}
