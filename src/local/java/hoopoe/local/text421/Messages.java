package hoopoe.local.text421;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The received and the charged messages. Used under the agenda's lock only. */
final class Messages {
    /** Above 32 bits, so that a client that reads ids as 32 bits fails. */
    private static final long FIRST_RECEIVED_ID = 25_481_978_000L;

    private final Map<String, ReceivedMessage> received = new LinkedHashMap<>();
    private final List<SentMessage> messages = new ArrayList<>();
    private long last;

    ReceivedMessage receive(String msisdn, String text, String source, boolean withId, Instant at) {
        long id = ++last;
        String receivedId = withId ? Long.toString(FIRST_RECEIVED_ID + id) : "";
        ReceivedMessage sms = new ReceivedMessage(id, receivedId, msisdn, text, source, at);
        received.put(withId ? receivedId : "without " + id, sms);
        return sms;
    }

    Optional<ReceivedMessage> received(String receivedId) {
        return Optional.ofNullable(received.get(receivedId));
    }

    List<ReceivedMessage> received() {
        return List.copyOf(received.values());
    }

    boolean isAnswered(String receivedId) {
        return messages.stream()
                .anyMatch(sentMessage -> sentMessage.recipient().receivedId().equals(receivedId));
    }

    void charge(SentMessage sentMessage) {
        messages.add(sentMessage);
    }

    /** The last of that id. */
    Optional<SentMessage> message(String id) {
        return messages.stream()
                .filter(sentMessage -> sentMessage.id().equals(id))
                .reduce((one, other) -> other);
    }

    void settle(SentMessage before, SentMessage now) {
        messages.set(messages.indexOf(before), now);
    }

    List<SentMessage> messages() {
        return List.copyOf(messages);
    }
}
