package hoopoe.store;

import java.time.Duration;

/** An open question as an item. What stands there stays due. */
final class OpenQuestionItem {

    static final String TRIES = "tries";

    /** People have so long to look at what could not be dealt with. */
    static final Duration KEPT = Duration.ofDays(30);

    /** Bytes of a packed answer that fit an item of 400 KB: many times fifty long messages. */
    static final int MOST = 380 * 1024;

    private OpenQuestionItem() {}

    static Item of(OpenQuestion question) {
        var item = kept(Item.of(question.key()), question).with(BatchItem.KIND, "INBOX_QUESTION");
        return Due.with(item, question.asked());
    }

    /** For people. */
    static Item aside(OpenQuestion question, String reason) {
        return kept(Item.of(Keys.inboxAside(question.account(), question.id())), question)
                .with(BatchItem.KIND, "INBOX_ASIDE")
                .with("reason", reason);
    }

    private static Item kept(Item item, OpenQuestion question) {
        item.with("account", question.account())
                .with("id", question.id())
                .with("asked", question.asked())
                .with(TRIES, question.tries())
                .with(BatchItem.EXPIRES_AT, question.asked().plus(KEPT).getEpochSecond());
        var raw = question.raw();
        return raw == null
                ? item
                : item.with("status", raw.status())
                        .with("content_type", raw.contentType())
                        .with("version", raw.version())
                        .with(Packed.ATTRIBUTE, Packed.deflate(raw.body()));
    }

    /** Whether it fits an item. */
    static boolean fits(RawInbox raw) {
        return Packed.deflate(raw.body()).length <= MOST;
    }

    static OpenQuestion read(Item item) {
        var raw = item.has(Packed.ATTRIBUTE)
                ? new RawInbox(
                        item.number("status"),
                        item.text("content_type"),
                        Packed.inflate(item.bytes(Packed.ATTRIBUTE)),
                        item.text("version"))
                : null;
        return new OpenQuestion(
                item.text("account"), item.text("id"), BatchItem.required(item, "asked"), item.number(TRIES), raw);
    }
}
