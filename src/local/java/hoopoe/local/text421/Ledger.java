package hoopoe.local.text421;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was received and what was charged. Used under the agenda's lock only. */
final class Ledger {
    /** Above 32 bits, so that nobody gets away with less. */
    private static final long FIRST_RECEIVED_ID = 25_481_978_000L;

    private final Map<String, ReceivedSms> received = new LinkedHashMap<>();
    private final List<Message> messages = new ArrayList<>();
    private long last;

    ReceivedSms receive(String msisdn, String text, String source, boolean withId, Instant at) {
        long id = ++last;
        String receivedId = withId ? Long.toString(FIRST_RECEIVED_ID + id) : "";
        ReceivedSms sms = new ReceivedSms(id, receivedId, msisdn, text, source, at);
        received.put(withId ? receivedId : "without " + id, sms);
        return sms;
    }

    Optional<ReceivedSms> received(String receivedId) {
        return Optional.ofNullable(received.get(receivedId));
    }

    List<ReceivedSms> received() {
        return List.copyOf(received.values());
    }

    boolean isAnswered(String receivedId) {
        return messages.stream()
                .anyMatch(message -> message.recipient().receivedId().equals(receivedId));
    }

    void charge(Message message) {
        messages.add(message);
    }

    /** The last of that id. */
    Optional<Message> message(String id) {
        return messages.stream().filter(message -> message.id().equals(id)).reduce((one, other) -> other);
    }

    void settle(Message before, Message now) {
        messages.set(messages.indexOf(before), now);
    }

    List<Message> messages() {
        return List.copyOf(messages);
    }
}
