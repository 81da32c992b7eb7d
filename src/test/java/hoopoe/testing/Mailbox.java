package hoopoe.testing;

import hoopoe.message.PhoneNumber;
import hoopoe.provider.InboxContent;
import hoopoe.provider.InboxContent.ReceivedMessage;
import hoopoe.provider.InboxResponse;
import hoopoe.provider.InboxResponse.RawResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** An inbox whose messages are gone when they were read. An answer is a line a message. */
public final class Mailbox {

    private final int full;
    private final Deque<String> unread = new ArrayDeque<>();
    private final List<String> taken = new ArrayList<>();
    private final AtomicInteger asking = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private int calls;
    private UnaryOperator<InboxResponse> onTheWay = answer -> answer;
    private Runnable whileAsked = () -> {};
    private Runnable whileRead = () -> {};

    /** @param full as many are in one answer */
    public Mailbox(int full) {
        this.full = full;
    }

    public synchronized Mailbox put(String from, String to, Instant at, String text) {
        unread.add(String.join("|", from, to, at.toString(), text));
        return this;
    }

    /** What becomes of the answers. */
    public Mailbox onTheWay(UnaryOperator<InboxResponse> change) {
        onTheWay = change;
        return this;
    }

    public Mailbox whileAsked(Runnable look) {
        whileAsked = look;
        return this;
    }

    public Mailbox whileRead(Runnable look) {
        whileRead = look;
        return this;
    }

    public synchronized int calls() {
        return calls;
    }

    public int mostAtOnce() {
        return mostAtOnce.get();
    }

    /** Messages that are not there any more. */
    public synchronized int taken() {
        return taken.size();
    }

    InboxResponse drain() {
        mostAtOnce.accumulateAndGet(asking.incrementAndGet(), Math::max);
        try {
            whileAsked.run();
            return onTheWay.apply(new RawResponse(200, "text/plain", answer().getBytes(StandardCharsets.UTF_8), "v1"));
        } finally {
            asking.decrementAndGet();
        }
    }

    private synchronized String answer() {
        calls++;
        var lines = new ArrayList<String>();
        while (lines.size() < full && !unread.isEmpty()) {
            lines.add(unread.remove());
        }
        taken.addAll(lines);
        return String.join("\n", lines);
    }

    InboxContent read(RawResponse rawResponse) {
        whileRead.run();
        var text = new String(rawResponse.body(), StandardCharsets.UTF_8);
        if (text.startsWith("-")) {
            return new InboxContent.InboxRefused(text, "");
        } else if (text.startsWith("<")) {
            return new InboxContent.UnreadableInbox("html");
        }
        var messages = text.lines().map(Mailbox::message).toList();
        return new InboxContent.Messages(messages, messages.size() == full);
    }

    private static ReceivedMessage message(String line) {
        var parts = line.split("\\|");
        return new ReceivedMessage(new PhoneNumber(parts[0]), parts[1], Instant.parse(parts[2]), parts[3], line);
    }
}
