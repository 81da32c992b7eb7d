package hoopoe.store;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** An open question as an item. What stands there stays due. */
final class OpenQuestionItem {

    static final String TRIES = "tries";
    static final String TRIED = "tried_at";
    static final String KEPT_MESSAGES = "kept";
    private static final String SINCE = "since";

    /** Of something aside: which release of the function put it there. */
    static final String RELEASE = "function_version";

    /** People have so long to look at what could not be dealt with. */
    static final Duration KEPT = Duration.ofDays(30);

    /** Bytes of a packed answer that fit an item of 400 KB: many times fifty long messages. More are kept in several. */
    static final int MOST = 380 * 1024;

    private static final String PARTS = "parts";

    private OpenQuestionItem() {}

    static Item of(OpenQuestion question) {
        var item = kept(Item.of(question.key()), question).with(BatchItem.KIND, "INBOX_QUESTION");
        return Due.with(item, question.asked());
    }

    /** For people, and for another release to read again. */
    static Item aside(OpenQuestion question, String reason, String release) {
        return kept(Item.of(Keys.inboxAside(question.account(), question.id())), question)
                .with(BatchItem.KIND, "INBOX_ASIDE")
                .with("reason", reason)
                .with(RELEASE, release);
    }

    private static Item kept(Item item, OpenQuestion question) {
        item.with("account", question.account())
                .with("id", question.id())
                .with("asked", question.asked())
                .with(SINCE, question.since())
                .with(TRIED, question.tried())
                .with(TRIES, question.tries())
                .with(KEPT_MESSAGES, question.kept())
                .with(BatchItem.EXPIRES_AT, question.asked().plus(KEPT).getEpochSecond());
        var raw = question.raw();
        if (raw == null) {
            return item;
        }
        var packed = Packed.deflate(raw.body());
        return item.with("status", raw.status())
                .with("content_type", raw.contentType())
                .with("version", raw.version())
                .with(PARTS, parts(packed))
                .with(Packed.ATTRIBUTE, part(packed, 0));
    }

    /** What of its answer the item has no room for. They stay where they are when it is put aside. */
    static List<Item> rest(OpenQuestion question) {
        var raw = question.raw();
        if (raw == null) {
            return List.of();
        }
        var packed = Packed.deflate(raw.body());
        return IntStream.range(1, parts(packed))
                .mapToObj(n -> Item.of(Keys.inboxPart(question.account(), question.id(), n))
                        .with(BatchItem.KIND, "INBOX_PART")
                        .with(Packed.ATTRIBUTE, part(packed, n))
                        .with(BatchItem.EXPIRES_AT, question.asked().plus(KEPT).getEpochSecond()))
                .toList();
    }

    private static int parts(byte[] packed) {
        return Math.max(1, (packed.length + MOST - 1) / MOST);
    }

    private static byte[] part(byte[] packed, int n) {
        return Arrays.copyOfRange(packed, n * MOST, Math.min(packed.length, (n + 1) * MOST));
    }

    /** @param parts the item of a part, by its key */
    static OpenQuestion read(Item item, Function<Key, Optional<Item>> parts) {
        var raw = item.has(Packed.ATTRIBUTE)
                ? new RawInbox(
                        item.number("status"),
                        item.text("content_type"),
                        Packed.inflate(packed(item, parts)),
                        item.text("version"))
                : null;
        var asked = BatchItem.required(item, "asked");
        return new OpenQuestion(
                item.text("account"),
                item.text("id"),
                asked,
                Objects.requireNonNullElse(item.instant(SINCE), asked),
                item.instant(TRIED),
                item.number(TRIES),
                item.number(KEPT_MESSAGES),
                raw);
    }

    private static byte[] packed(Item item, Function<Key, Optional<Item>> parts) {
        var packed = new ByteArrayOutputStream();
        packed.writeBytes(item.bytes(Packed.ATTRIBUTE));
        for (int n = 1; n < item.number(PARTS); n++) {
            parts.apply(Keys.inboxPart(item.text("account"), item.text("id"), n))
                    .ifPresent(part -> packed.writeBytes(part.bytes(Packed.ATTRIBUTE)));
        }
        return packed.toByteArray();
    }
}
