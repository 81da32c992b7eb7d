package hoopoe.store.account;

import hoopoe.store.Keys;
import hoopoe.store.batch.BatchItem;
import hoopoe.store.table.Item;
import hoopoe.store.table.Table;
import hoopoe.store.table.Write;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** The last credit that the provider told of each account, shared by all who ask. */
@ApplicationScoped
public class CreditRepository {

    private static final String POINTS = "points";
    private static final String AS_OF = "as_of";

    /** When somebody last asked in vain. */
    private static final String MISSED = "missed";

    /** Since when nobody who asked was answered at all. */
    private static final String UNREACHABLE = "unreachable";

    /** When a caller's last question found no answer, and why: gone as soon as one does. */
    private static final String FAILED = "failed";

    private static final String FAILURE = "failure";
    private static final String FAILURE_KIND = "failure_kind";

    private final Table table;

    public CreditRepository(Table table) {
        this.table = table;
    }

    /** @param asOf when the provider said so */
    public record Balance(BigDecimal points, Instant asOf) {}

    public Optional<Balance> find(String account) {
        return table.get(Keys.balance(account))
                .filter(item -> item.decimal(POINTS) != null)
                .map(CreditRepository::balance);
    }

    /** When the provider was last asked in vain since it told. */
    public Optional<Instant> missed(String account) {
        return table.get(Keys.balance(account)).map(item -> item.instant(MISSED));
    }

    /** Since when the provider does not answer who asks; empty where it did the last time, or nobody asks it. */
    public Optional<Instant> unreachableSince(String account) {
        return table.get(Keys.balance(account)).map(item -> item.instant(UNREACHABLE));
    }

    /**
     * The provider was asked, and did not tell.
     *
     * @param isAway whether it did not answer at all
     */
    public void miss(String account, Instant at, boolean isAway) {
        table.apply(Write.update(Keys.balance(account))
                .set(BatchItem.KIND, "BALANCE")
                .set(MISSED, at)
                .set(UNREACHABLE, isAway ? unreachableSince(account).orElse(at) : null)
                .attempt(UUID.randomUUID().toString()));
    }

    /**
     * Why a question found no answer.
     *
     * @param kind as the caller of {@link #fail} names it
     */
    public record CreditFailure(Instant at, String kind, String code) {}

    /** The provider was asked, and did not tell: whoever asks next may be told the same. */
    public void fail(String account, CreditFailure creditFailure) {
        table.apply(Write.update(Keys.balance(account))
                .set(BatchItem.KIND, "BALANCE")
                .set(FAILED, creditFailure.at())
                .set(FAILURE_KIND, creditFailure.kind())
                .set(FAILURE, creditFailure.code())
                .attempt(UUID.randomUUID().toString()));
    }

    /** The last of them since the provider told. */
    public Optional<CreditFailure> failure(String account) {
        return table.get(Keys.balance(account))
                .filter(item -> item.instant(FAILED) != null)
                .map(item -> new CreditFailure(
                        BatchItem.required(item, FAILED), item.text(FAILURE_KIND), item.text(FAILURE)));
    }

    /** An older one never replaces a newer one. */
    public void put(String account, BigDecimal points, Instant asOf) {
        table.apply(Write.put(Item.of(Keys.balance(account))
                        .with(BatchItem.KIND, "BALANCE")
                        .with(POINTS, points)
                        .with(AS_OF, asOf))
                .when("attribute_not_exists({" + AS_OF + "}) OR {" + AS_OF + "} < ?", asOf)
                .attempt(UUID.randomUUID().toString()));
    }

    private static Balance balance(Item item) {
        return new Balance(Objects.requireNonNull(item.decimal(POINTS), POINTS), BatchItem.required(item, AS_OF));
    }
}
