package hoopoe.store;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The dispatches of batches, and every step of their register. */
@ApplicationScoped
public class Dispatches {

    private final Table table;

    public Dispatches(Table table) {
        this.table = table;
    }

    /** As it is now: strongly consistent. */
    public Optional<Dispatch> find(String batch, int n) {
        return table.get(Keys.dispatch(batch, n)).map(DispatchItem::read);
    }

    /** Those that exist, by number; strongly consistent, at most {@value Keys#SHARDS} queries. */
    public List<Dispatch> of(Batch batch) {
        var dispatches = new ArrayList<Dispatch>();
        for (int shard = 0; shard < Math.min(Keys.SHARDS, batch.dispatches()); shard++) {
            table.query(Keys.partition(batch.id(), shard), "DISPATCH#").stream()
                    .map(DispatchItem::read)
                    .forEach(dispatches::add);
        }
        dispatches.sort(Comparator.comparingInt(Dispatch::n));
        return dispatches;
    }
}
