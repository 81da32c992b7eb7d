package hoopoe.local.smspanel;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the customers have sent, by id. */
final class SentMessages {
    private final Map<Long, SentMessage> messages = new TreeMap<>();
    private long next = 536_221_499;

    SentMessage add(SoapCall call, Account account, String from, String to, String text) {
        SentMessage message = new SentMessage(
                next++, call.operation().wireName(), account.user(), from, to, text, SentMessage.SENDING);
        messages.put(message.id(), message);
        return message;
    }

    List<SentMessage> all() {
        return List.copyOf(messages.values());
    }

    /** @return false where there is no such message */
    boolean settle(long id, int status) {
        return messages.computeIfPresent(id, (same, message) -> message.with(status)) != null;
    }

    Optional<SentMessage> find(Account account, String id) {
        return id.strip().matches("\\d{1,18}")
                ? Optional.ofNullable(messages.get(Long.parseLong(id.strip())))
                        .filter(message -> message.user().equals(account.user()))
                : Optional.empty();
    }
}
