package hoopoe.local.smspanel;

/**
 * A message that the panel took.
 *
 * @param operation by which it came
 * @param to as it was written
 */
public record SentMessage(long id, String operation, String user, String from, String to, String text, int status) {

    SentMessage with(int other) {
        return new SentMessage(id, operation, user, from, to, text, other);
    }
}
