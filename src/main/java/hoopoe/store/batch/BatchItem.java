package hoopoe.store.batch;

import hoopoe.batch.Batch;
import hoopoe.batch.Batch.Content;
import hoopoe.batch.Batch.Progress;
import hoopoe.batch.Batch.SendWindow;
import hoopoe.batch.Lifetime;
import hoopoe.batch.MessageRange;
import hoopoe.message.BinaryMessage;
import hoopoe.message.SortableTime;
import hoopoe.store.Attributes;
import hoopoe.store.DueIndex;
import hoopoe.store.Keys;
import hoopoe.store.table.Item;
import hoopoe.store.table.Write;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Maps a batch to its item and back. */
public final class BatchItem {

    public static final String SPREAD = "spread";
    public static final String ERASE = "erase";
    public static final String SETTLED = "settled";
    private static final String BINARY = "binary";
    private static final String TEXT = "text";
    private static final String SUBJECT = "subject";

    private BatchItem() {}

    /** @param due when the tick has to create the missing dispatches; null once all are created */
    static Item of(Batch batch, @Nullable Instant due) {
        var content = batch.content();
        var window = batch.window();
        var progress = batch.progress();
        var lifetime = batch.lifetime();
        var item = Item.of(Keys.batch(batch.id()))
                .with(Attributes.KIND, "BATCH")
                .with("id", batch.id())
                .with("caller", batch.caller())
                .with("account", batch.account())
                .with("created", lifetime.created())
                .with(TEXT, content.text())
                .with(SUBJECT, content.subject())
                .with("reference", content.reference())
                .with("send_at", window.sendAt())
                .with("validity", window.validity())
                .with(BINARY, binary(content.binary()))
                .with("not_after", window.notAfter())
                .with("last_send_at", window.lastSendAt())
                .with("accepted", batch.accepted())
                .with("rejected", batch.rejected())
                .with("ranges", ranges(batch.ranges()))
                .with("summary", batch.summary())
                .with(Attributes.CORRELATION, batch.correlation())
                .with(SPREAD, progress.spread() ? Boolean.TRUE : null)
                .with(ERASE, progress.erase())
                .with(SETTLED, progress.settled())
                .with(
                        Attributes.LIST,
                        Keys.list(batch.caller(), lifetime.created().toString().substring(0, 7)))
                .with(Attributes.LIST_AT, SortableTime.of(lifetime.created()) + '#' + batch.id())
                .with(Attributes.EXPIRES_AT, lifetime.expires().getEpochSecond());
        return DueIndex.with(item, due);
    }

    /** Takes out what was written to its only recipient. */
    static Write erase(String batch) {
        return Write.update(Keys.batch(batch)).set(TEXT, "").set(SUBJECT, "").when("attribute_exists({pk})");
    }

    static Batch read(Item item) {
        return new Batch(
                item.text("id"),
                item.text("caller"),
                item.text("account"),
                content(item),
                window(item),
                item.number("accepted"),
                item.number("rejected"),
                ranges(item.text("ranges")),
                item.text("summary"),
                new Progress(item.flag(SPREAD), item.instant(ERASE), item.numbers(SETTLED)),
                lifetime(item),
                item.textOrNull(Attributes.CORRELATION));
    }

    private static Content content(Item item) {
        return new Content(
                item.text(TEXT),
                item.text(SUBJECT),
                item.textOrNull("reference"),
                item.find(BINARY).map(BatchItem::binary).orElse(null));
    }

    private static SendWindow window(Item item) {
        return new SendWindow(
                item.instant("send_at"),
                item.duration("validity"),
                item.requiredInstant("not_after"),
                item.requiredInstant("last_send_at"));
    }

    public static Lifetime lifetime(Item item) {
        return new Lifetime(
                item.requiredInstant("created"), Instant.ofEpochSecond(item.longNumber(Attributes.EXPIRES_AT)));
    }

    /** Text of DCS and ESM: {@code 245,64}; {@code ,} for the provider's defaults. */
    private static @Nullable String binary(@Nullable BinaryMessage binaryMessage) {
        return binaryMessage == null ? null : number(binaryMessage.dcs()) + ',' + number(binaryMessage.esm());
    }

    private static String number(@Nullable Integer number) {
        return number == null ? "" : number.toString();
    }

    private static BinaryMessage binary(String text) {
        var numbers = Arrays.stream(text.split(",", -1))
                .map(number -> number.isEmpty() ? null : Integer.valueOf(number))
                .toList();
        return new BinaryMessage(numbers.get(0), numbers.get(1));
    }

    /** {@code 0-499,500-999}: a hundred thousand recipients in about 3 KB. */
    private static String ranges(List<MessageRange> ranges) {
        return ranges.stream()
                .map(messageRange -> messageRange.first() + "-" + messageRange.last())
                .collect(Collectors.joining(","));
    }

    private static List<MessageRange> ranges(String text) {
        return Arrays.stream(text.split(","))
                .map(range -> range.split("-"))
                .map(ends -> new MessageRange(Integer.parseInt(ends[0]), Integer.parseInt(ends[1])))
                .toList();
    }
}
