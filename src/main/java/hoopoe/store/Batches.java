package hoopoe.store;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** What callers asked for. */
@ApplicationScoped
public class Batches {

    private final Table table;

    public Batches(Table table) {
        this.table = table;
    }

    /** As it is now: strongly consistent. */
    public Optional<Batch> find(String id) {
        return table.get(Keys.batch(id)).map(BatchItem::read);
    }
}
