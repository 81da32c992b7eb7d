package hoopoe.store.inbox;

import hoopoe.inbox.InboundSms;
import hoopoe.inbox.Reply;
import hoopoe.message.NumberTags;
import hoopoe.message.PhoneNumber;
import hoopoe.message.ReplyId;
import hoopoe.store.Attributes;
import hoopoe.store.Keys;
import hoopoe.store.NumberIndex;
import hoopoe.store.table.Item;
import hoopoe.store.table.Write;
import java.time.Instant;

/** Maps a reply to its item and back. */
final class ReplyItem {

    static final String BATCH = "batch";
    static final String CALLER = "caller";
    static final String MESSAGE = "message";
    private static final String SHARED = "shared";
    private static final String ERASED = "erased";
    private static final String FROM = "from";
    private static final String TEXT = "text";
    private static final String RECEIVED_ID = "received_id";

    private ReplyItem() {}

    static Item of(Reply reply, Instant expires, NumberTags numberTags) {
        var sms = reply.sms();
        var from = sms.from();
        var item = Item.of(Keys.inbound(reply.id()))
                .with(Attributes.KIND, "INBOUND")
                .with("id", reply.id().toString())
                .with("received", reply.received())
                .with("account", sms.account())
                .with(FROM, from == null ? null : from.e164())
                .with(TEXT, sms.text())
                .with("at", sms.at())
                .with("reference", sms.reference())
                .with(RECEIVED_ID, sms.receivedId())
                .with("to", sms.to())
                .with(BATCH, reply.batch())
                .with(CALLER, reply.caller())
                .with(MESSAGE, reply.message())
                .with(SHARED, reply.shared() ? Boolean.TRUE : null)
                .with(Attributes.EXPIRES_AT, expires.getEpochSecond());
        return NumberIndex.with(item, reply, numberTags);
    }

    static Reply read(Item item) {
        return new Reply(
                ReplyId.read(item.text("id")),
                item.requiredInstant("received"),
                sms(item),
                item.textOrNull(BATCH),
                item.textOrNull(CALLER),
                item.has(MESSAGE) ? item.number(MESSAGE) : null,
                item.flag(SHARED),
                item.flag(ERASED));
    }

    /** Takes out who wrote it and what. */
    static Write erase(ReplyId id) {
        return Write.update(Keys.inbound(id))
                .set(ERASED, true)
                .set(TEXT, "")
                .remove(FROM)
                .remove(RECEIVED_ID)
                .remove(Attributes.LIST)
                .remove(Attributes.LIST_AT)
                .when("attribute_exists({pk})");
    }

    private static InboundSms sms(Item item) {
        return new InboundSms(
                item.text("account"),
                item.find(FROM).map(PhoneNumber::new).orElse(null),
                item.textOrNull("to"),
                item.instant("at"),
                item.text(TEXT),
                item.textOrNull("reference"),
                item.textOrNull(RECEIVED_ID));
    }
}
