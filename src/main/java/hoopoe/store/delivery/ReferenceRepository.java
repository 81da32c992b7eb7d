package hoopoe.store.delivery;

import hoopoe.delivery.ProviderReference;
import hoopoe.dispatch.DispatchId;
import hoopoe.store.Attributes;
import hoopoe.store.Keys;
import hoopoe.store.table.ConflictRetry;
import hoopoe.store.table.Item;
import hoopoe.store.table.Key;
import hoopoe.store.table.Table;
import hoopoe.store.table.Write;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;

/** Stores which dispatch owns a provider's reference. */
@ApplicationScoped
public class ReferenceRepository {

    public static final String BATCH = "batch";
    public static final String N = "n";
    private static final String ERASED = "erased";

    private final Table table;

    public ReferenceRepository(Table table) {
        this.table = table;
    }

    /**
     * The dispatch that owns a reference.
     *
     * @param expires of the dispatch, and of all that belongs to it
     * @param erased whether a person may be erased from it
     */
    public record Owner(DispatchId dispatch, Instant expires, boolean erased) {}

    /** Strongly consistent. A reference that has an owner keeps it. */
    public Optional<Owner> owner(ProviderReference providerReference) {
        return table.get(Keys.ref(providerReference))
                .filter(ReferenceRepository::isOwned)
                .map(item -> new Owner(
                        owner(item), Instant.ofEpochSecond(item.longNumber(Attributes.EXPIRES_AT)), item.flag(ERASED)));
    }

    /** From now on who has read the owner knows that a callback may be about an erased person. */
    public void erased(ProviderReference providerReference, DispatchId dispatch) {
        var write = Write.update(Keys.ref(providerReference))
                .set(ERASED, true)
                .when("{batch} = ? AND {n} = ?", dispatch.batch(), dispatch.n());
        ConflictRetry.apply(table, write, "reference");
    }

    static DispatchId owner(Item item) {
        return new DispatchId(item.text(BATCH), item.number(N));
    }

    /** Takes a reference from a dispatch that it never belonged to. Refused where another dispatch owns it. */
    public static Write disown(Key ref, DispatchId dispatch) {
        return Write.update(ref)
                .remove(BATCH)
                .remove(N)
                .when("{batch} = ? AND {n} = ?", dispatch.batch(), dispatch.n());
    }

    static boolean isOwned(Item item) {
        return item.has(BATCH);
    }

    /** Refused where another dispatch owns it; other attributes of the item are kept. */
    public static Write own(Key ref, DispatchId dispatch, Instant expires) {
        return Write.update(ref)
                .set(BATCH, dispatch.batch())
                .set(N, dispatch.n())
                .set(Attributes.EXPIRES_AT, expires.getEpochSecond())
                .when("attribute_not_exists({batch}) OR {batch} = ? AND {n} = ?", dispatch.batch(), dispatch.n());
    }
}
