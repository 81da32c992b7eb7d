package hoopoe.store.event;

import hoopoe.batch.Batch;
import hoopoe.store.Keys;
import hoopoe.store.table.Key;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where it is stored what listeners were told of a subject.
 *
 * @param expires when TTL may delete it; null for never
 */
public record PublishedKey(Key key, @Nullable Instant expires) {

    /** It outlives its dispatch, because TTL deletes in any order: otherwise versions could begin anew. */
    private static final Duration LONGER = Duration.ofDays(7);

    /** Of the messages of a dispatch; of the first dispatch of a batch, of the batch too. */
    public static PublishedKey of(Batch batch, int n) {
        return new PublishedKey(
                Keys.published(batch.id(), n), batch.lifetime().expires().plus(LONGER));
    }

    public static PublishedKey of(String account) {
        return new PublishedKey(Keys.accountPublished(account), null);
    }
}
