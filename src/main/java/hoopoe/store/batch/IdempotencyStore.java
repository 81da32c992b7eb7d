package hoopoe.store.batch;

import hoopoe.store.Attributes;
import hoopoe.store.Keys;
import hoopoe.store.table.ConflictRetry;
import hoopoe.store.table.Item;
import hoopoe.store.table.Key;
import hoopoe.store.table.Table;
import hoopoe.store.table.Table.WriteResult;
import hoopoe.store.table.Write;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Remembers which API requests with an idempotency key had their effect. The claim itself is the record: there is no running
 * state to be stuck in.
 */
@ApplicationScoped
public class IdempotencyStore {

    /** How long a key is remembered. */
    public static final Duration KEPT = Duration.ofHours(24);

    private static final String FINGERPRINT = "fingerprint";
    private static final String TARGET = "target";

    private final Table table;
    private final Clock clock;

    public IdempotencyStore(Table table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    /**
     * The API request that used the key.
     *
     * @param target what it made or did: the id of a batch, or the target given to {@link #claim}
     */
    public record IdempotencyRecord(String fingerprint, String target) {
        public boolean isSame(IdempotencyKey idempotencyKey) {
            return fingerprint.equals(idempotencyKey.fingerprint());
        }
    }

    /** The result of a claim. */
    public sealed interface IdempotencyClaim {
        record FirstCall() implements IdempotencyClaim {}

        record RepeatedCall(IdempotencyRecord earlier) implements IdempotencyClaim {}

        /** Conflicts with other writers outlasted the retries. The caller may try again. */
        record ClaimBusy() implements IdempotencyClaim {}
    }

    /** Strongly consistent. TTL is late, so expired records are left out. */
    public Optional<IdempotencyRecord> find(IdempotencyKey idempotencyKey) {
        return table.get(key(idempotencyKey))
                .filter(item -> item.longNumber(Attributes.EXPIRES_AT)
                        >= clock.instant().getEpochSecond())
                .map(IdempotencyStore::earlier);
    }

    /** For a request whose effect is not a batch. Claim first, then cause the effect, and let it be repeatable. */
    public IdempotencyClaim claim(IdempotencyKey idempotencyKey, String target) {
        var write = write(idempotencyKey, target);
        var writeResult = ConflictRetry.settle(table, () -> table.apply(write));
        return writeResult.done()
                ? new IdempotencyClaim.FirstCall()
                : earlier(idempotencyKey, writeResult, 0)
                        .<IdempotencyClaim>map(IdempotencyClaim.RepeatedCall::new)
                        .orElseGet(IdempotencyClaim.ClaimBusy::new);
    }

    /** Stores the effect of our claim, for repeats of the request. */
    public void note(IdempotencyKey idempotencyKey, String target) {
        table.apply(Write.update(key(idempotencyKey))
                .set(TARGET, target)
                .when("{" + FINGERPRINT + "} = ?", idempotencyKey.fingerprint()));
    }

    public Write write(IdempotencyKey idempotencyKey, String target) {
        var now = clock.instant();
        return Write.put(Item.of(key(idempotencyKey))
                        .with(FINGERPRINT, idempotencyKey.fingerprint())
                        .with(TARGET, target)
                        .with("created", now)
                        .with(Attributes.EXPIRES_AT, now.plus(KEPT).getEpochSecond()))
                .when("attribute_not_exists({pk}) OR {expires_at} < ?", now.getEpochSecond())
                .attempt();
    }

    /** The record that holds the key, after a write of {@link #write} at that place of a transaction failed. */
    public Optional<IdempotencyRecord> earlier(IdempotencyKey idempotencyKey, WriteResult writeResult, int place) {
        return writeResult instanceof WriteResult.ConditionFailed conditionFailed && conditionFailed.by(place)
                ? conditionFailed.standing().get(place).map(IdempotencyStore::earlier)
                : find(idempotencyKey);
    }

    private static IdempotencyRecord earlier(Item item) {
        return new IdempotencyRecord(item.text(FINGERPRINT), item.text(TARGET));
    }

    private static Key key(IdempotencyKey idempotencyKey) {
        return Keys.call(idempotencyKey.caller(), idempotencyKey.method(), idempotencyKey.path(), idempotencyKey.key());
    }
}
