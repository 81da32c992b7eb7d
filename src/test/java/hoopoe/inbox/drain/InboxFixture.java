package hoopoe.inbox.drain;

import hoopoe.batch.TickFixture;
import hoopoe.inbox.InboxFetch;
import hoopoe.provider.InboxResponse;
import hoopoe.provider.InboxResponse.RawResponse;
import hoopoe.schedule.TickSummary;
import hoopoe.testing.Mailbox;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/** A panel whose inbox is emptied by ticks, and what the tests of it look at. */
abstract class InboxFixture {

    static final Instant AT = Instant.parse("2026-03-01T03:50:00Z");

    final TickFixture tickFixture = new TickFixture();
    final Mailbox box = new Mailbox(3);

    InboxFixture() {
        tickFixture.appFixture.provider.mailbox(box);
    }

    InboxFixture with(int messages) {
        for (int i = 0; i < messages; i++) {
            box.put("+98912000" + (1000 + i), "3000123", AT.plusSeconds(i), "text " + i);
        }
        return this;
    }

    TickSummary tick() {
        tickFixture.appFixture.clock.move(Duration.ofMinutes(1));
        return tickFixture.tick();
    }

    List<InboxFetch> open() {
        return tickFixture.inboxRepository.open("main");
    }

    /** Changes the first answer, which has taken its messages out all the same. */
    void first(UnaryOperator<InboxResponse> change) {
        box.onTheWay(answer -> box.calls() == 1 ? change.apply(answer) : answer);
    }

    static RawResponse saying(String body) {
        return new RawResponse(200, "", body.getBytes(StandardCharsets.UTF_8), "v1");
    }

    /** Nothing packs it. */
    void noise(int length) {
        box.put(
                "+989121234567",
                "3000123",
                AT,
                new Random(1)
                        .ints(length, 'a', 'z')
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString());
    }

    long aside() {
        return tickFixture.appFixture.healthy.scan(scan -> scan.tableName(tickFixture.appFixture.name)).items().stream()
                .filter(item -> item.get("sk").s().startsWith("ASIDE#"))
                .filter(item -> item.containsKey("packed") && !item.containsKey("due_at"))
                .count();
    }
}
