package hoopoe.delivery.check;

import hoopoe.access.Grant;
import hoopoe.account.Account;
import hoopoe.account.Accounts;
import hoopoe.config.Timeouts;
import hoopoe.delivery.CheckState;
import hoopoe.delivery.check.BulkReportPoller.BulkReportResult;
import hoopoe.dispatch.Dispatch;
import hoopoe.provider.Capabilities.Feature;
import hoopoe.provider.Deadline;
import hoopoe.provider.ProviderException;
import hoopoe.provider.Providers;
import hoopoe.provider.ReportPage;
import hoopoe.provider.ReportQuery;
import hoopoe.store.delivery.CheckRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Polls a provider for its report, page by page. Each merged page is noted, so nothing is lost on the way. */
@ApplicationScoped
public class ReportPoller {

    /** The most pages in one run. */
    static final int MOST_PAGES = 25;

    /** The most pages of a report, whatever the provider says: many times what a dispatch can have. */
    static final int MOST_IN_ALL = 100;

    /** How often a page whose replies could not all be stored is polled again, before the poll goes on behind it. */
    private static final int MOST_FAILURES = 5;

    private static final Logger LOG = Logger.getLogger(ReportPoller.class);

    private final Accounts accounts;
    private final Providers providers;
    private final CheckRepository checkRepository;
    private final Timeouts timeouts;
    private final Clock clock;

    public ReportPoller(
            Accounts accounts, Providers providers, CheckRepository checkRepository, Timeouts timeouts, Clock clock) {
        this.accounts = accounts;
        this.providers = providers;
        this.checkRepository = checkRepository;
        this.timeouts = timeouts;
        this.clock = clock;
    }

    /** Whether the account's settings, as they are, allow neither a poll nor the search for callbacks. */
    boolean isImpossible(Dispatch dispatch) {
        return dispatch.submission().reference() != null
                && !dispatch.state().isEndedUnsent()
                && accounts.find(dispatch.account())
                        .flatMap(providers::objection)
                        .isPresent();
    }

    /**
     * Goes on where the last poll ended. A provider's failure is stored, not thrown.
     *
     * @param bulkReportResult what the provider reported already
     * @return empty where another worker checks the dispatch now
     */
    Optional<PollResult> ask(
            ReportBuilder report, CheckState check, BulkReportResult bulkReportResult, Deadline deadline) {
        var account = accounts.find(check.dispatch().account());
        if (account.isEmpty()) {
            return Optional.of(PollResult.failed(
                    check.dispatch().checks().page(), check.replies(), check, "account_not_found", false));
        }
        if (!Grant.reaches(report.batch().caller(), account.get().simulated())) {
            return Optional.of(PollResult.failed(
                    check.dispatch().checks().page(), check.replies(), check, "account_live_only", false));
        }
        if (!providers.of(account.get()).capabilities(account.get()).has(Feature.DELIVERY_REPORTS)) {
            return Optional.of(PollResult.all(clock.instant()));
        }
        return ask(account.get(), report, check, bulkReportResult, deadline);
    }

    private Optional<PollResult> ask(
            Account account,
            ReportBuilder report,
            CheckState check,
            BulkReportResult bulkReportResult,
            Deadline deadline) {
        int page = check.dispatch().checks().page();
        var replies = check.replies();
        var query = report.query(
                Objects.requireNonNull(check.dispatch().submission().reference()));
        try {
            for (int asked = 0;
                    asked < MOST_PAGES && page < MOST_IN_ALL && deadline.leaves(timeouts.reserve());
                    asked++) {
                int next = page + 1;
                var answer = bulkReportResult
                        .of(query.reference())
                        .orElseGet(() -> page(account, query, next, report, deadline));
                var joined =
                        report.join(answer, replies == null ? 0 : replies, () -> deadline.leaves(timeouts.reserve()));
                var unkept = PollResult.unkept(page, replies == null ? 0 : replies, check);
                if (joined.isEmpty()) {
                    return Optional.empty();
                } else if (joined.get().hasFailed() && unkept.failures() <= MOST_FAILURES) {
                    return Optional.of(unkept);
                } else if (!joined.get().isWhole()) {
                    return Optional.of(PollResult.upTo(page, joined.get().replies(), check));
                } else if (!answer.hasMore()) {
                    return Optional.of(PollResult.all(clock.instant()));
                }
                page++;
                replies = null;
                if (!checkRepository.page(check, page)) {
                    return Optional.empty();
                }
            }
            return Optional.of(
                    isEndless(page, check) ? PollResult.all(clock.instant()) : PollResult.upTo(page, replies, check));
        } catch (ProviderException e) {
            LOG.warnf("check of %s: %s", check.id(), e.getMessage());
            return Optional.of(PollResult.failed(
                    page, replies, check, e.code(), e instanceof ProviderException.ProviderUnavailable));
        }
    }

    /** A page that an adapter stumbles over stops the check, which is repeated; but not for longer than the messages have time. */
    private ReportPage page(Account account, ReportQuery query, int page, ReportBuilder report, Deadline deadline) {
        try {
            return providers.of(account).report(account, query, page, callEnd(deadline));
        } catch (ProviderException e) {
            throw e;
        } catch (RuntimeException | VirtualMachineError e) {
            if (!report.shown(clock.instant()).isSettled(report.recipients())) {
                throw e;
            }
            LOG.errorf(e, "%s is settled without its report", report.batch().id());
            throw new ProviderException.MalformedAnswer("report", "internal");
        }
    }

    private static boolean isEndless(int page, CheckState check) {
        if (page >= MOST_IN_ALL) {
            LOG.warnf("check of %s: the report has no end after %d pages", check.id(), page);
        }
        return page >= MOST_IN_ALL;
    }

    /** Leaves time for what follows the last call. */
    private Deadline callEnd(Deadline deadline) {
        return deadline.keeping(timeouts.callMargin());
    }
}
