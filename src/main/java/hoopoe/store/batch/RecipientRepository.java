package hoopoe.store.batch;

import com.fasterxml.jackson.core.type.TypeReference;
import hoopoe.batch.Batch;
import hoopoe.batch.InvalidRecipient;
import hoopoe.batch.Recipient;
import hoopoe.batch.Recipient.ErasedText;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchId;
import hoopoe.message.NumberTags;
import hoopoe.message.PhoneNumber;
import hoopoe.platform.Json;
import hoopoe.store.Attributes;
import hoopoe.store.Keys;
import hoopoe.store.NumberIndex;
import hoopoe.store.dispatch.DispatchWrites;
import hoopoe.store.table.ConflictRetry;
import hoopoe.store.table.Item;
import hoopoe.store.table.PackedAttribute;
import hoopoe.store.table.Table;
import hoopoe.store.table.Write;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The recipients of each dispatch, packed into one item, in the order of their message numbers. */
@ApplicationScoped
public class RecipientRepository {

    /** How many rejected entries an item holds, and an API response shows. */
    public static final int REJECTED_SHOWN = 1000;

    private static final TypeReference<List<Recipient>> LIST = new TypeReference<>() {};
    private static final TypeReference<List<InvalidRecipient>> REJECTED = new TypeReference<>() {};

    private static final String ERASURES = "erasures";

    private final Table table;

    public RecipientRepository(Table table) {
        this.table = table;
    }

    /** @throws IllegalStateException where they are missing: they are written before any item that names them */
    public List<Recipient> of(String batch, int dispatch) {
        return table.get(Keys.recipients(batch, dispatch))
                .map(item -> Json.read(item.bytes(PackedAttribute.ATTRIBUTE), LIST))
                .orElseThrow(() -> new IllegalStateException("a dispatch without recipients"));
    }

    /**
     * Takes a person out of a dispatch; of a batch to them alone its text and subject, too. Refused where the dispatch is not at
     * rest any more.
     *
     * @param seen at rest, read strongly
     * @param length what is kept of a recipient's text
     * @return false where something else changed it, and it is to be tried again
     */
    public boolean erase(Batch batch, Dispatch seen, PhoneNumber number, Function<Recipient, ErasedText> length) {
        var key = Keys.recipients(batch.id(), seen.id().n());
        var item = table.get(key).orElseThrow(() -> new IllegalStateException("a dispatch without recipients"));
        var recipients = Json.read(item.bytes(PackedAttribute.ATTRIBUTE), LIST).stream()
                .map(recipient -> number.equals(recipient.to()) ? recipient.erased(length.apply(recipient)) : recipient)
                .toList();
        var write = Write.update(key)
                .set(PackedAttribute.ATTRIBUTE, Json.bytes(recipients))
                .set(ERASURES, item.number(ERASURES) + 1);
        write = item.has(ERASURES)
                ? write.when("{" + ERASURES + "} = ?", item.number(ERASURES))
                : write.when("attribute_exists({pk}) AND attribute_not_exists({" + ERASURES + "})");
        if (recipients.size() == 1) {
            write.remove(Attributes.LIST).remove(Attributes.LIST_AT);
        }
        var writes = new ArrayList<>(List.of(write, DispatchWrites.checkAtRest(seen)));
        if (batch.accepted() == 1) {
            writes.add(BatchItem.erase(batch.id()));
        }
        return ConflictRetry.transact(table, writes, "recipients");
    }

    /** The first {@value #REJECTED_SHOWN} entries that the batch's validation rejected, in the order of the request. */
    public List<InvalidRecipient> rejected(Batch batch) {
        return batch.rejected() == 0
                ? List.of()
                : table.get(Keys.rejected(batch.id(), 0))
                        .map(item -> Json.read(item.bytes(PackedAttribute.ATTRIBUTE), REJECTED))
                        .orElseThrow(() -> new IllegalStateException("a batch without its rejected entries"));
    }

    /** Bytes that a recipient takes in the item of its dispatch's recipients. */
    public static int packedSize(Recipient recipient) {
        return Json.bytes(recipient).length + 1;
    }

    static List<Item> rejected(String batch, List<InvalidRecipient> rejected, long expiresAt) {
        var items = new ArrayList<Item>();
        for (int from = 0; from < rejected.size(); from += REJECTED_SHOWN) {
            var some = rejected.subList(from, Math.min(rejected.size(), from + REJECTED_SHOWN));
            items.add(Item.of(Keys.rejected(batch, from / REJECTED_SHOWN))
                    .with(PackedAttribute.ATTRIBUTE, Json.bytes(some))
                    .with(Attributes.EXPIRES_AT, expiresAt));
        }
        return items;
    }

    /** @param numberTags for the index, where there is one recipient */
    static Item item(Batch batch, int dispatch, List<Recipient> recipients, NumberTags numberTags) {
        var item = Item.of(Keys.recipients(batch.id(), dispatch))
                .with(PackedAttribute.ATTRIBUTE, Json.bytes(recipients))
                .with(Attributes.EXPIRES_AT, batch.lifetime().expires().getEpochSecond());
        List<String> tags =
                recipients.size() == 1 ? numberTags.of(recipients.get(0).number()) : List.of();
        return NumberIndex.with(item, batch, dispatch, tags);
    }

    /** The recipient of that number in each of the dispatches that has one. Not strongly consistent, at half the price. */
    public Map<DispatchId, Recipient> having(PhoneNumber number, List<DispatchId> dispatches) {
        var keys = dispatches.stream()
                .collect(Collectors.toMap(id -> Keys.recipients(id.batch(), id.n()), Function.identity()));
        var found = new HashMap<DispatchId, Recipient>();
        for (var item : table.glance(keys.keySet())) {
            // Most have it not: then nothing is parsed.
            if (new String(item.bytes(PackedAttribute.ATTRIBUTE), StandardCharsets.UTF_8)
                    .contains('"' + number.e164() + '"')) {
                Json.read(item.bytes(PackedAttribute.ATTRIBUTE), LIST).stream()
                        .filter(recipient -> number.equals(recipient.to()))
                        .forEach(recipient -> found.put(keys.get(item.key()), recipient));
            }
        }
        return found;
    }
}
