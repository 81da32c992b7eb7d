package hoopoe.store.batch;

import hoopoe.batch.Batch;
import hoopoe.batch.Batch.Content;
import hoopoe.batch.Batch.Progress;
import hoopoe.batch.Batch.SendWindow;
import hoopoe.batch.Lifetime;
import hoopoe.batch.MessageRange;
import hoopoe.message.BinaryMessage;
import hoopoe.message.SortableTime;
import hoopoe.store.DueIndex;
import hoopoe.store.Keys;
import hoopoe.store.table.Item;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Maps a batch to its item and back. */
public final class BatchItem {

    public static final String KIND = "kind";
    public static final String SPREAD = "spread";
    public static final String ERASE = "erase";
    public static final String SETTLED = "settled";
    private static final String BINARY = "binary";
    public static final String EXPIRES_AT = "expires_at";
    public static final String CORRELATION = "correlation";
    public static final String LIST = "list";
    public static final String LIST_AT = "list_at";

    private BatchItem() {}

    /** @param due when the tick has to create the missing dispatches; null once all are created */
    static Item of(Batch batch, @Nullable Instant due) {
        var content = batch.content();
        var window = batch.window();
        var progress = batch.progress();
        var lifetime = batch.lifetime();
        var item = Item.of(Keys.batch(batch.id()))
                .with(KIND, "BATCH")
                .with("id", batch.id())
                .with("caller", batch.caller())
                .with("account", batch.account())
                .with("created", lifetime.created())
                .with("text", content.text())
                .with("subject", content.subject())
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
                .with(CORRELATION, batch.correlation())
                .with(SPREAD, progress.spread() ? Boolean.TRUE : null)
                .with(ERASE, progress.erase())
                .with(SETTLED, progress.settled())
                .with(
                        LIST,
                        Keys.list(batch.caller(), lifetime.created().toString().substring(0, 7)))
                .with(LIST_AT, SortableTime.of(lifetime.created()) + '#' + batch.id())
                .with(EXPIRES_AT, lifetime.expires().getEpochSecond());
        return DueIndex.with(item, due);
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
                item.textOrNull(CORRELATION));
    }

    private static Content content(Item item) {
        return new Content(
                item.text("text"),
                item.text("subject"),
                item.textOrNull("reference"),
                item.find(BINARY).map(BatchItem::binary).orElse(null));
    }

    private static SendWindow window(Item item) {
        return new SendWindow(
                item.instant("send_at"),
                item.duration("validity"),
                required(item, "not_after"),
                required(item, "last_send_at"));
    }

    public static Lifetime lifetime(Item item) {
        return new Lifetime(required(item, "created"), Instant.ofEpochSecond(item.longNumber(EXPIRES_AT)));
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

    public static Instant required(Item item, String name) {
        return Objects.requireNonNull(item.instant(name), name);
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
