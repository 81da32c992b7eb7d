package hoopoe.store.inbox;

import hoopoe.inbox.InboxFetch;
import hoopoe.inbox.RawInboxAnswer;
import hoopoe.store.Attributes;
import hoopoe.store.DueIndex;
import hoopoe.store.Keys;
import hoopoe.store.table.Item;
import hoopoe.store.table.Key;
import hoopoe.store.table.PackedAttribute;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Maps an inbox fetch to its items and back. An open fetch stays due. */
final class InboxFetchItem {

    static final String TRIES = "tries";
    static final String TRIED = "tried_at";
    static final String KEPT_MESSAGES = "kept";
    static final String FAILED_MESSAGES = "failed";
    private static final String SINCE = "since";

    /** Which release of the function put the fetch aside. */
    static final String RELEASE = "function_version";

    /** How long operators can look at an answer that could not be imported. */
    static final Duration KEPT = Duration.ofDays(30);

    /** Bytes of a packed answer that fit an item of 400 KB: many times fifty long messages. A larger one has several items. */
    static final int MOST = 380 * 1024;

    private static final String ACCOUNT = "account";
    private static final String ID = "id";
    private static final String ASKED = "asked";
    private static final String STATUS = "status";
    private static final String CONTENT_TYPE = "content_type";
    private static final String VERSION = "version";
    private static final String PARTS = "parts";

    private static final Set<String> MOVED = Set.of(
            ACCOUNT, ID, ASKED, Attributes.EXPIRES_AT, STATUS, CONTENT_TYPE, VERSION, PARTS, PackedAttribute.ATTRIBUTE);

    private InboxFetchItem() {}

    static Item of(InboxFetch question) {
        var item = Item.of(Keys.inboxQuestion(question.account(), question.id()))
                .with(Attributes.KIND, "INBOX_QUESTION")
                .with(ACCOUNT, question.account())
                .with(ID, question.id())
                .with(ASKED, question.asked())
                .with(SINCE, question.since())
                .with(TRIED, question.tried())
                .with(TRIES, question.tries())
                .with(KEPT_MESSAGES, question.kept())
                .with(FAILED_MESSAGES, question.failed())
                .with(Attributes.EXPIRES_AT, question.asked().plus(KEPT).getEpochSecond());
        DueIndex.with(item, question.asked());
        var raw = question.raw();
        if (raw == null) {
            return item;
        }
        var packed = packed(raw);
        return item.with(STATUS, raw.status())
                .with(CONTENT_TYPE, raw.contentType())
                .with(VERSION, raw.version())
                .with(PARTS, parts(packed))
                .with(PackedAttribute.ATTRIBUTE, part(packed, 0));
    }

    static String id(Item item) {
        return item.text(ID);
    }

    /** The item of a fetch that is put aside, for operators, and for another release to read again. */
    static Item aside(Item open, String reason, String release) {
        return moved(open, Keys.inboxAside(open.text(ACCOUNT), open.text(ID)))
                .with(Attributes.KIND, "INBOX_ASIDE")
                .with("reason", reason)
                .with(RELEASE, release);
    }

    /** The open item of a fetch that was aside: its answer is read from the beginning, with all retries. */
    static Item again(Item aside, Instant now) {
        var item = moved(aside, Keys.inboxQuestion(aside.text(ACCOUNT), aside.text(ID)))
                .with(Attributes.KIND, "INBOX_QUESTION")
                .with(SINCE, now);
        return DueIndex.with(item, aside.requiredInstant(ASKED));
    }

    /** Copies the packed answer as it is, because another release may pack differently. Its parts stay where they are. */
    private static Item moved(Item item, Key to) {
        var moved = Item.of(to);
        item.attributes().forEach((name, value) -> {
            if (MOVED.contains(name)) {
                moved.attributes().put(name, value);
            }
        });
        return moved;
    }

    /** The parts of the answer that the item has no room for. They stay where they are when the fetch is put aside. */
    static List<Item> rest(InboxFetch question) {
        var raw = question.raw();
        if (raw == null) {
            return List.of();
        }
        var packed = packed(raw);
        return IntStream.range(1, parts(packed))
                .mapToObj(n -> Item.of(Keys.inboxPart(question.account(), question.id(), n))
                        .with(Attributes.KIND, "INBOX_PART")
                        .with(PackedAttribute.ATTRIBUTE, part(packed, n))
                        .with(Attributes.EXPIRES_AT, question.asked().plus(KEPT).getEpochSecond()))
                .toList();
    }

    private static byte[] packed(RawInboxAnswer raw) {
        return PackedAttribute.deflate(Objects.requireNonNull(raw.body()));
    }

    private static int parts(byte[] packed) {
        return Math.max(1, (packed.length + MOST - 1) / MOST);
    }

    private static byte[] part(byte[] packed, int n) {
        return Arrays.copyOfRange(packed, n * MOST, Math.min(packed.length, (n + 1) * MOST));
    }

    /** @param parts finds the item of a part by its key */
    static InboxFetch read(Item item, Function<Key, Optional<Item>> parts) {
        var raw = item.has(PackedAttribute.ATTRIBUTE)
                ? new RawInboxAnswer(
                        item.number(STATUS), item.text(CONTENT_TYPE), body(item, parts), item.text(VERSION))
                : null;
        var asked = item.requiredInstant(ASKED);
        return new InboxFetch(
                item.text(ACCOUNT),
                item.text(ID),
                asked,
                Objects.requireNonNullElse(item.instant(SINCE), asked),
                item.instant(TRIED),
                item.number(TRIES),
                item.number(KEPT_MESSAGES),
                item.numbers(FAILED_MESSAGES),
                raw);
    }

    /** Null where parts are missing or do not fit together: this must not stop other answers. */
    private static byte @Nullable [] body(Item item, Function<Key, Optional<Item>> parts) {
        var packed = new ByteArrayOutputStream();
        packed.writeBytes(item.bytes(PackedAttribute.ATTRIBUTE));
        for (int n = 1; n < item.number(PARTS); n++) {
            var part = parts.apply(Keys.inboxPart(item.text(ACCOUNT), item.text(ID), n));
            if (part.isEmpty()) {
                return null;
            }
            packed.writeBytes(part.get().bytes(PackedAttribute.ATTRIBUTE));
        }
        try {
            return PackedAttribute.inflate(packed.toByteArray());
        } catch (UncheckedIOException e) {
            return null;
        }
    }
}
