package hoopoe.event.webhook;

import hoopoe.aws.BatchCalls.BatchResult;
import hoopoe.aws.SqsQueue.QueueMessage;
import hoopoe.testing.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * The queue of webhooks on a clock that is moved: groups, visibility and repeats as SQS has them. While it is fickle it does what
 * SQS does not rule out: it takes a part of what it is sent, says of some that it did not take them, and gives messages twice, late,
 * out of order, and to two at once.
 */
final class FickleQueue {

    private static final Duration VISIBILITY = Duration.ofMinutes(3);
    private static final Duration DEDUPLICATION = Duration.ofMinutes(5);

    private final MovableClock clock;
    private final Random random;
    private final BooleanSupplier fickle;
    private final List<Message> messages = new ArrayList<>();
    private final Map<String, Instant> known = new HashMap<>();

    FickleQueue(MovableClock clock, Random random, BooleanSupplier fickle) {
        this.clock = clock;
        this.random = random;
        this.fickle = fickle;
    }

    /** Given out: {@code second} where somebody else may have it, or another of its group, at the same time. */
    record Handout(Message message, boolean second) {}

    static final class Message {
        private final String body;
        private final String group;
        private Instant visible;

        private Message(QueueMessage sent, Instant visible) {
            this.body = sent.body();
            this.group = Objects.requireNonNull(sent.group());
            this.visible = visible;
        }

        String body() {
            return body;
        }
    }

    private boolean oneIn(int n) {
        return fickle.getAsBoolean() && random.nextInt(n) == 0;
    }

    BatchResult<QueueMessage> send(List<QueueMessage> sent, Duration limit) {
        var taken = new ArrayList<QueueMessage>();
        var owed = new ArrayList<QueueMessage>();
        boolean down = oneIn(10);
        for (var message : sent) {
            if (down || oneIn(20)) {
                owed.add(message);
            } else {
                put(message);
                (oneIn(20) ? owed : taken).add(message); // else its answer was lost
            }
        }
        return new BatchResult<>(taken, owed, owed.isEmpty() ? Optional.empty() : Optional.of("ServiceUnavailable"));
    }

    private void put(QueueMessage message) {
        var now = clock.instant();
        var before = known.get(message.body());
        if (before == null || !now.isBefore(before.plus(DEDUPLICATION))) {
            known.put(message.body(), now);
            messages.add(new Message(message, now.plusMillis(oneIn(8) ? random.nextInt(600_000) : 0)));
        }
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    /** Of a group the oldest, unless somebody has one of the group. */
    Optional<Handout> receive() {
        var now = clock.instant();
        var locked = new HashSet<String>();
        var free = new ArrayList<Message>();
        for (var message : messages) {
            if (message.visible.isAfter(now)) {
                locked.add(message.group);
            } else if (locked.add(message.group)) {
                free.add(message);
            }
        }
        boolean second = oneIn(12);
        return given(second ? messages : free, second);
    }

    /** One that somebody has already, or had. */
    Optional<Handout> receiveOnceMore() {
        return given(
                messages.stream()
                        .filter(message -> message.visible.isAfter(clock.instant()))
                        .toList(),
                true);
    }

    private Optional<Handout> given(List<Message> some, boolean second) {
        if (some.isEmpty()) {
            return Optional.empty();
        }
        var chosen = some.get(random.nextInt(some.size()));
        chosen.visible = clock.instant().plus(VISIBILITY);
        return Optional.of(new Handout(chosen, second));
    }

    void delete(Message message) {
        if (!oneIn(12)) { // else it comes once more
            messages.remove(message);
        }
    }
}
