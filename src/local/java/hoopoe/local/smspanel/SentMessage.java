package hoopoe.local.smspanel;

/**
 * A message that the panel took.
 *
 * @param operation by which it came
 * @param to as it was written
 */
public record SentMessage(long id, String operation, String user, String from, String to, String text, int status) {
    static final int SENDING = 1;
    static final int TELECOM_PROBLEM = 2;
    static final int WITH_TELECOM = 3;
    static final int DELIVERED = 4;
    static final int NOT_DELIVERED = 5;
    static final int BLACKLISTED = 6;

    SentMessage with(int other) {
        return new SentMessage(id, operation, user, from, to, text, other);
    }
}
