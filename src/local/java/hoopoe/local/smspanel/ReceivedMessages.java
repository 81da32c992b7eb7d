package hoopoe.local.smspanel;

import java.util.ArrayList;
import java.util.List;

/** The SMS that people sent to the customers. */
final class ReceivedMessages {
    private static final int MOST = 50;

    private final List<ReceivedMessage> messages = new ArrayList<>();

    void add(ReceivedMessage message) {
        messages.add(message);
    }

    List<ReceivedMessage> all() {
        return List.copyOf(messages);
    }

    /** The last 50 unread ones, in the order in which they came. */
    List<ReceivedMessage> take(Account account, boolean consumes) {
        List<Integer> unread = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            if (messages.get(i).user().equals(account.user())
                    && !messages.get(i).isRead()) {
                unread.add(i);
            }
        }
        List<Integer> last = unread.subList(Math.max(0, unread.size() - MOST), unread.size());
        List<ReceivedMessage> taken = last.stream().map(messages::get).toList();
        if (consumes) {
            last.forEach(i -> messages.set(i, messages.get(i).read()));
        }
        return taken;
    }
}
