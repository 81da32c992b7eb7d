package hoopoe.batch.view;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.batch.Batch;
import hoopoe.batch.Batch.Content;
import hoopoe.batch.Batch.Progress;
import hoopoe.batch.Batch.SendWindow;
import hoopoe.batch.Lifetime;
import hoopoe.batch.MessageRange;
import hoopoe.batch.Recipient;
import hoopoe.message.BinaryMessage;
import hoopoe.message.PhoneNumber;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MessageContentTest {

    @Test
    void aMessageSaysItsOwnTextElseItsBatchs() {
        var batch = batch("all", null);

        assertThat(MessageContent.textOf(batch, recipient(null))).isEqualTo("all");
        assertThat(MessageContent.textOf(batch, recipient("own"))).isEqualTo("own");
    }

    @Test
    void itIsCountedAsItGoesOverTheAir() {
        var batch = batch("", null);

        assertThat(MessageContent.of(batch, "a".repeat(161), true))
                .isEqualTo(new MessageContent("a".repeat(161), "GSM-7", 2));
        assertThat(MessageContent.of(batch, "你".repeat(71), false)).isEqualTo(new MessageContent(null, "UCS-2", 2));
    }

    @Test
    void aBinaryMessageIsCountedByItsBytes() {
        var batch = batch("", new BinaryMessage(245, 64));

        assertThat(MessageContent.of(batch, "0a".repeat(140), false)).isEqualTo(new MessageContent(null, "binary", 1));
        assertThat(MessageContent.of(batch, "0a".repeat(141), false)).isEqualTo(new MessageContent(null, "binary", 2));
    }

    private static Recipient recipient(@Nullable String text) {
        return new Recipient(0, new PhoneNumber("+886912345678"), text, null, null, null, null, null, null);
    }

    private static Batch batch(String text, @Nullable BinaryMessage binary) {
        var now = Instant.parse("2026-03-01T04:00:00Z");
        return new Batch(
                "bat_01ARZ3NDEKTSV4RRFFQ69G5FAV",
                "shop",
                "main",
                new Content(text, "", null, binary),
                new SendWindow(null, null, now, now),
                1,
                0,
                List.of(new MessageRange(0, 0)),
                "{}",
                Progress.accepted(true),
                new Lifetime(now, now),
                null);
    }
}
