package hoopoe.message;

/** The provider's names for received messages, which a message must give to answer one. */
public final class ReceivedIds {

    private ReceivedIds() {}

    /** The one spelling of an id that has several. */
    public static String canonical(String receivedId) {
        return receivedId.strip().replaceFirst("^0+(?=\\d)", "");
    }
}
