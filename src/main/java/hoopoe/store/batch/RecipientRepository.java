package hoopoe.store.batch;

import com.fasterxml.jackson.core.type.TypeReference;
import hoopoe.batch.Batch;
import hoopoe.batch.InvalidRecipient;
import hoopoe.batch.Recipient;
import hoopoe.platform.Json;
import hoopoe.store.Attributes;
import hoopoe.store.Keys;
import hoopoe.store.table.Item;
import hoopoe.store.table.PackedAttribute;
import hoopoe.store.table.Table;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** The recipients of each dispatch, packed into one immutable item, in the order of their message numbers. */
@ApplicationScoped
public class RecipientRepository {

    /** How many rejected entries an item holds, and an API response shows. */
    public static final int REJECTED_SHOWN = 1000;

    private static final TypeReference<List<Recipient>> LIST = new TypeReference<>() {};
    private static final TypeReference<List<InvalidRecipient>> REJECTED = new TypeReference<>() {};

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

    static Item item(String batch, int dispatch, List<Recipient> recipients, long expiresAt) {
        return Item.of(Keys.recipients(batch, dispatch))
                .with(PackedAttribute.ATTRIBUTE, Json.bytes(recipients))
                .with(Attributes.EXPIRES_AT, expiresAt);
    }
}
