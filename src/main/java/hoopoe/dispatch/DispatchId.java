package hoopoe.dispatch;

import hoopoe.batch.Batch;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A dispatch: its batch, and its number there. */
public record DispatchId(String batch, int n) {

    private static final Pattern PARTITION = Pattern.compile("BATCH#(bat_[0-9A-Z]{26})#\\d{1,2}");
    private static final Pattern SORT = Pattern.compile("DISPATCH#(\\d{5,9})");

    /** Reads the keys of an item, as the stream and the index give them; empty where it is no dispatch. */
    public static Optional<DispatchId> of(String pk, String sk) {
        var partition = PARTITION.matcher(pk);
        var sort = SORT.matcher(sk);
        return partition.matches() && sort.matches()
                ? Optional.of(new DispatchId(partition.group(1), Integer.parseInt(sort.group(1))))
                : Optional.empty();
    }

    /**
     * The end of the subject that the provider gets: it names this dispatch in a callback that echoes it.
     *
     * @param resends number of the try
     */
    public String token(int resends) {
        var first = batch.substring(Batch.PREFIX.length()) + '-' + n;
        return resends == 0 ? first : first + '-' + resends;
    }

    /** Whether this is a token of one of its tries, and no reference of a provider. */
    public boolean isToken(String name) {
        return name.equals(token(0)) || name.startsWith(token(0) + '-');
    }

    @Override
    public String toString() {
        return batch + '/' + n;
    }

    // By hand: a record's generated equals is slow in a native image, and these are keys.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DispatchId id && id.n == n && id.batch.equals(batch);
    }

    @Override
    public int hashCode() {
        return 31 * batch.hashCode() + n;
    }
}
