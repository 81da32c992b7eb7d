package hoopoe.message;

/** How a provider names a received message, so that another can answer it. */
public final class ReceivedIds {

    private ReceivedIds() {}

    /** Of all ways to write it, one. */
    public static String canonical(String receivedId) {
        return receivedId.strip().replaceFirst("^0+(?=\\d)", "");
    }
}
