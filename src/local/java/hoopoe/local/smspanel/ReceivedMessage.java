package hoopoe.local.smspanel;

import java.time.Instant;

/**
 * A message in an inbox.
 *
 * @param to the customer's number
 * @param isRead whether GetMsg gave it away
 */
public record ReceivedMessage(String user, String from, String to, String text, Instant at, boolean isRead) {

    ReceivedMessage read() {
        return new ReceivedMessage(user, from, to, text, at, true);
    }
}
