package hoopoe.store.batch;

import hoopoe.batch.Batch;
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
        var item = Item.of(Keys.batch(batch.id()))
                .with(KIND, "BATCH")
                .with("id", batch.id())
                .with("caller", batch.caller())
                .with("account", batch.account())
                .with("created", batch.created())
                .with("text", batch.text())
                .with("subject", batch.subject())
                .with("reference", batch.reference())
                .with("send_at", batch.sendAt())
                .with("validity", batch.validity())
                .with(BINARY, binary(batch.binary()))
                .with("not_after", batch.notAfter())
                .with("last_send_at", batch.lastSendAt())
                .with("accepted", batch.accepted())
                .with("rejected", batch.rejected())
                .with("ranges", ranges(batch.ranges()))
                .with("summary", batch.summary())
                .with(CORRELATION, batch.correlation())
                .with(SPREAD, batch.spread() ? Boolean.TRUE : null)
                .with(ERASE, batch.erase())
                .with(SETTLED, batch.settled())
                .with(LIST, Keys.list(batch.caller(), batch.created().toString().substring(0, 7)))
                .with(LIST_AT, SortableTime.of(batch.created()) + '#' + batch.id())
                .with(EXPIRES_AT, batch.expires().getEpochSecond());
        return DueIndex.with(item, due);
    }

    static Batch read(Item item) {
        return new Batch(
                item.text("id"),
                item.text("caller"),
                item.text("account"),
                required(item, "created"),
                item.text("text"),
                item.text("subject"),
                item.textOrNull("reference"),
                item.instant("send_at"),
                item.duration("validity"),
                item.find(BINARY).map(BatchItem::binary).orElse(null),
                required(item, "not_after"),
                required(item, "last_send_at"),
                item.number("accepted"),
                item.number("rejected"),
                ranges(item.text("ranges")),
                item.text("summary"),
                item.flag(SPREAD),
                item.instant(ERASE),
                item.numbers(SETTLED),
                Instant.ofEpochSecond(item.longNumber(EXPIRES_AT)),
                item.textOrNull(CORRELATION));
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
