package hoopoe.store.account;

import hoopoe.store.Attributes;
import hoopoe.store.Keys;
import hoopoe.store.table.Item;
import hoopoe.store.table.Table;
import hoopoe.store.table.Write;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** The last credit that the provider reported for each account, shared by all invocations. */
@ApplicationScoped
public class CreditRepository {

    private static final String POINTS = "points";
    private static final String AS_OF = "as_of";

    /** When the tick last asked in vain. */
    private static final String MISSED = "missed";

    /** Since when the provider has not answered the tick at all. */
    private static final String UNREACHABLE = "unreachable";

    /** When a caller's last credit request failed, and why: removed by the next success. */
    private static final String FAILED = "failed";

    private static final String FAILURE = "failure";
    private static final String FAILURE_KIND = "failure_kind";

    private final Table table;

    public CreditRepository(Table table) {
        this.table = table;
    }

    /** @param asOf when the provider reported it */
    public record Balance(BigDecimal points, Instant asOf) {}

    public Optional<Balance> find(String account) {
        return table.get(Keys.balance(account))
                .filter(item -> item.decimal(POINTS) != null)
                .map(CreditRepository::balance);
    }

    /** When the provider was last asked in vain since its last report. */
    public Optional<Instant> missed(String account) {
        return table.get(Keys.balance(account)).map(item -> item.instant(MISSED));
    }

    /** Since when the provider does not answer; empty where it answered the last request, or was never asked. */
    public Optional<Instant> unreachableSince(String account) {
        return table.get(Keys.balance(account)).map(item -> item.instant(UNREACHABLE));
    }

    /**
     * Notes that the provider was asked and did not report.
     *
     * @param isAway whether it did not answer at all
     */
    public void miss(String account, Instant at, boolean isAway) {
        table.apply(Write.update(Keys.balance(account))
                .set(Attributes.KIND, "BALANCE")
                .set(MISSED, at)
                .set(UNREACHABLE, isAway ? unreachableSince(account).orElse(at) : null)
                .attempt());
    }

    /**
     * Why a credit request failed.
     *
     * @param kind as the caller of {@link #fail} names it
     */
    public record CreditFailure(Instant at, String kind, String code) {}

    /** Notes a failed request: the next caller may get the same failure. */
    public void fail(String account, CreditFailure creditFailure) {
        table.apply(Write.update(Keys.balance(account))
                .set(Attributes.KIND, "BALANCE")
                .set(FAILED, creditFailure.at())
                .set(FAILURE_KIND, creditFailure.kind())
                .set(FAILURE, creditFailure.code())
                .attempt());
    }

    /** The last failure since the provider reported. */
    public Optional<CreditFailure> failure(String account) {
        return table.get(Keys.balance(account))
                .filter(item -> item.instant(FAILED) != null)
                .map(item ->
                        new CreditFailure(item.requiredInstant(FAILED), item.text(FAILURE_KIND), item.text(FAILURE)));
    }

    /** An older credit never replaces a newer one. */
    public void put(String account, BigDecimal points, Instant asOf) {
        table.apply(Write.put(Item.of(Keys.balance(account))
                        .with(Attributes.KIND, "BALANCE")
                        .with(POINTS, points)
                        .with(AS_OF, asOf))
                .when("attribute_not_exists({" + AS_OF + "}) OR {" + AS_OF + "} < ?", asOf)
                .attempt());
    }

    private static Balance balance(Item item) {
        return new Balance(Objects.requireNonNull(item.decimal(POINTS), POINTS), item.requiredInstant(AS_OF));
    }
}
