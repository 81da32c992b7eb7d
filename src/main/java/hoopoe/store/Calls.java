package hoopoe.store;

import hoopoe.store.Table.Written;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Which calls with an idempotency key have had their effect. The claim is the answer: there is no running state to be stuck in. */
@ApplicationScoped
public class Calls {

    /** How long a key is remembered. */
    public static final Duration KEPT = Duration.ofHours(24);

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final String FINGERPRINT = "fingerprint";
    private static final String TARGET = "target";

    private final Table table;
    private final Clock clock;

    public Calls(Table table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    /**
     * The call that used the key.
     *
     * @param target what it made or did: the id of a batch, or whatever {@link #claim} was told
     */
    public record Earlier(String fingerprint, String target) {
        public boolean isSame(Claim claim) {
            return fingerprint.equals(claim.fingerprint());
        }
    }

    /** How a claim ended. */
    public sealed interface Claimed {
        record Won() implements Claimed {}

        record Lost(Earlier earlier) implements Claimed {}

        /** Others write the same claim all the time. Come back. */
        record Busy() implements Claimed {}
    }

    /** Strongly consistent; TTL is late, so what has expired is not seen. */
    public Optional<Earlier> find(Claim claim) {
        return table.get(key(claim))
                .filter(item ->
                        item.longNumber(BatchItem.EXPIRES_AT) >= clock.instant().getEpochSecond())
                .map(Calls::earlier);
    }

    /** For a call whose effect is not a batch. Claim first, then have the effect, and let it be repeatable. */
    public Claimed claim(Claim claim, String target) {
        var write = write(claim, target, UUID.randomUUID().toString());
        var patience = new Patience(PATIENCE);
        do {
            var written = table.apply(write);
            if (written.done()) {
                return new Claimed.Won();
            }
            var earlier = earlier(claim, written, 0);
            if (earlier.isPresent()) {
                return new Claimed.Lost(earlier.get());
            }
        } while (patience.again());
        return new Claimed.Busy();
    }

    /** Notes what the effect of a claim of ours was, for those who repeat the call. */
    public void note(Claim claim, String target) {
        table.apply(
                Write.update(key(claim)).set(TARGET, target).when("{" + FINGERPRINT + "} = ?", claim.fingerprint()));
    }

    Write write(Claim claim, String target, String attempt) {
        var now = clock.instant();
        return Write.put(Item.of(key(claim))
                        .with(FINGERPRINT, claim.fingerprint())
                        .with(TARGET, target)
                        .with("created", now)
                        .with(BatchItem.EXPIRES_AT, now.plus(KEPT).getEpochSecond()))
                .when("attribute_not_exists({pk}) OR {expires_at} < ?", now.getEpochSecond())
                .attempt(attempt);
    }

    /** Who holds the key, after a write of {@link #write} at that place of a transaction was not done. */
    Optional<Earlier> earlier(Claim claim, Written written, int place) {
        return written instanceof Written.Refused refused && refused.by(place)
                ? refused.standing().get(place).map(Calls::earlier)
                : find(claim);
    }

    private static Earlier earlier(Item item) {
        return new Earlier(item.text(FINGERPRINT), item.text(TARGET));
    }

    private static Key key(Claim claim) {
        return Keys.call(claim.caller(), claim.method(), claim.path(), claim.key());
    }
}
