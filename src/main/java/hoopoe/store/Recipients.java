package hoopoe.store;

import com.fasterxml.jackson.core.type.TypeReference;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Whom a dispatch goes to: packed into one immutable item, in the order of their message numbers. */
@ApplicationScoped
public class Recipients {

    private static final TypeReference<List<Recipient>> LIST = new TypeReference<>() {};

    private final Table table;

    public Recipients(Table table) {
        this.table = table;
    }

    /** @throws IllegalStateException where they are missing: they are written before anything that names them */
    public List<Recipient> of(String batch, int dispatch) {
        return table.get(Keys.recipients(batch, dispatch))
                .map(item -> Packed.unpack(item.bytes(Packed.ATTRIBUTE), LIST))
                .orElseThrow(() -> new IllegalStateException("a dispatch without recipients"));
    }

    static Item item(String batch, int dispatch, List<Recipient> recipients, long expiresAt) {
        return Item.of(Keys.recipients(batch, dispatch))
                .with(Packed.ATTRIBUTE, Packed.pack(recipients))
                .with(BatchItem.EXPIRES_AT, expiresAt);
    }
}
