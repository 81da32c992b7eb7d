package hoopoe.account.credit;

import hoopoe.account.Account;
import hoopoe.account.Accounts;
import hoopoe.observability.Metrics;
import hoopoe.provider.Capabilities.Feature;
import hoopoe.provider.Credit;
import hoopoe.provider.Deadline;
import hoopoe.provider.ProviderException;
import hoopoe.provider.Providers;
import hoopoe.provider.Readiness;
import hoopoe.store.account.CreditRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Reads the credit of accounts: for callers at most once a minute an account, for the tick once an hour. */
@ApplicationScoped
public class CreditReader {

    private static final Duration FRESH = Duration.ofSeconds(60);
    private static final Duration HOURLY = Duration.ofHours(1);

    /** A request in vain may have cost a login, of which sends have three a minute. */
    private static final Duration PAUSE = Duration.ofMinutes(10);

    private static final Logger LOG = Logger.getLogger(CreditReader.class);

    private final Accounts accounts;
    private final Providers providers;
    private final CreditRepository creditRepository;
    private final Metrics metrics;
    private final Clock clock;

    public CreditReader(
            Accounts accounts, Providers providers, CreditRepository creditRepository, Metrics metrics, Clock clock) {
        this.accounts = accounts;
        this.providers = providers;
        this.creditRepository = creditRepository;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * The credit, not older than 60 s.
     *
     * @throws ProviderException where the provider cannot report it, or does not; for 60 s without asking it again
     */
    public Credit of(Account account, Deadline deadline) {
        providers.of(account).capabilities(account).demand(Feature.CREDIT);
        return last(account).filter(credit -> !isOlder(credit, FRESH)).orElseGet(() -> askAnew(account, deadline));
    }

    private Credit askAnew(Account account, Deadline deadline) {
        creditRepository
                .failure(account.name())
                .filter(creditFailure -> creditFailure.at().plus(FRESH).isAfter(clock.instant()))
                .ifPresent(creditFailure -> {
                    throw ProviderException.again("credit", creditFailure.kind(), creditFailure.code());
                });
        try {
            return ask(account, deadline);
        } catch (ProviderException e) {
            if (e.passes()) {
                creditRepository.fail(
                        account.name(), new CreditRepository.CreditFailure(clock.instant(), e.kind(), e.code()));
            }
            throw e;
        }
    }

    /** The last credit, however old. */
    public Optional<Credit> last(Account account) {
        return creditRepository.find(account.name()).map(balance -> new Credit(balance.points(), balance.asOf()));
    }

    /** Since when the provider has not answered the tick. */
    Optional<Instant> unreachableSince(Account account) {
        return creditRepository.unreachableSince(account.name());
    }

    /** All accounts, for the tick. */
    public Collection<Account> all() {
        return accounts.all();
    }

    /** Whether the tick has to ask for an account's credit. */
    public boolean isDue(Account account) {
        return isTold(account)
                && last(account).filter(credit -> !isOlder(credit, HOURLY)).isEmpty()
                && creditRepository
                        .missed(account.name())
                        .filter(missed -> missed.plus(PAUSE).isAfter(clock.instant()))
                        .isEmpty();
    }

    /** For the tick: a failure is logged, and the request repeated after ten minutes. */
    public void refresh(Account account, Deadline deadline) {
        try {
            ask(account, deadline);
        } catch (ProviderException e) {
            creditRepository.miss(account.name(), clock.instant(), isAway(e));
            LOG.warnf("account %s: %s", account.name(), e.getMessage());
        } catch (RuntimeException | VirtualMachineError e) {
            creditRepository.miss(account.name(), clock.instant(), false);
            throw e;
        }
    }

    /** A secret that cannot be read proves nothing about the provider. */
    private static boolean isAway(ProviderException e) {
        return e instanceof ProviderException.ProviderUnavailable
                && !e.code().equals(Readiness.NotYet.SECRET_UNAVAILABLE);
    }

    private Credit ask(Account account, Deadline deadline) {
        var credit = providers.of(account).credit(account, deadline);
        creditRepository.put(account.name(), credit.points(), credit.asOf());
        metrics.credit(account.name(), credit.points());
        return credit;
    }

    private boolean isTold(Account account) {
        return providers.of(account).capabilities(account).has(Feature.CREDIT);
    }

    private boolean isOlder(Credit credit, Duration age) {
        return credit.asOf().plus(age).isBefore(clock.instant());
    }
}
