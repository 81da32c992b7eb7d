package hoopoe.delivery.check;

import hoopoe.access.Grant;
import hoopoe.account.Account;
import hoopoe.account.Accounts;
import hoopoe.config.Timeouts;
import hoopoe.delivery.CheckState;
import hoopoe.dispatch.Dispatch;
import hoopoe.provider.Capabilities.Feature;
import hoopoe.provider.Deadline;
import hoopoe.provider.ProviderException;
import hoopoe.provider.Providers;
import hoopoe.provider.ReportPage;
import hoopoe.provider.ReportQuery;
import hoopoe.store.batch.BatchRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Polls for several dispatches in one call, where the account's provider allows it. */
@ApplicationScoped
public class BulkReportPoller {

    private static final Logger LOG = Logger.getLogger(BulkReportPoller.class);

    private final Accounts accounts;
    private final Providers providers;
    private final StatusEvidence statusEvidence;
    private final BatchRepository batchRepository;
    private final Timeouts timeouts;

    public BulkReportPoller(
            Accounts accounts,
            Providers providers,
            StatusEvidence statusEvidence,
            BatchRepository batchRepository,
            Timeouts timeouts) {
        this.accounts = accounts;
        this.providers = providers;
        this.statusEvidence = statusEvidence;
        this.batchRepository = batchRepository;
        this.timeouts = timeouts;
    }

    /** Groups checks: each group is of one account, with as many messages as one call can poll for. */
    public List<List<CheckState>> together(Collection<CheckState> checkups) {
        var ofAccount = new LinkedHashMap<String, List<CheckState>>();
        checkups.forEach(checkState -> ofAccount
                .computeIfAbsent(checkState.dispatch().account(), name -> new ArrayList<>())
                .add(checkState));
        var groups = new ArrayList<List<CheckState>>();
        ofAccount.forEach((account, all) -> groups.addAll(
                groups(all, accounts.find(account).map(this::atOnce).orElse(1))));
        return groups;
    }

    private static List<List<CheckState>> groups(List<CheckState> checkups, int most) {
        var groups = new ArrayList<List<CheckState>>();
        int free = 0;
        for (var checkState : checkups) {
            int size = checkState.dispatch().size();
            if (groups.isEmpty() || size > free) {
                groups.add(new ArrayList<>());
                free = most;
            }
            groups.get(groups.size() - 1).add(checkState);
            free -= size;
        }
        return groups;
    }

    /** An adapter that throws here throws again when it polls for one dispatch: then that one is put off, and nothing else. */
    private int atOnce(Account account) {
        try {
            var capabilities = providers.of(account).capabilities(account);
            return capabilities.has(Feature.DELIVERY_REPORTS) ? Math.max(1, capabilities.reportsAtOnce()) : 1;
        } catch (RuntimeException | VirtualMachineError e) {
            LOG.errorf(e, "account %s: asked about one by one", account);
            return 1;
        }
    }

    /**
     * Polls for a group in one call, where that is possible. Leaves out dispatches with callbacks: they are probably done, and
     * else polled for alone. A provider's failure is part of the result, not thrown.
     *
     * @return for {@link DispatchCheck#run} of each
     */
    public BulkReportResult ask(List<CheckState> together, Deadline deadline) {
        var account = together.size() < 2
                ? Optional.<Account>empty()
                : accounts.find(together.get(0).dispatch().account());
        return account.map(one -> ask(
                        one,
                        together.stream().filter(seen -> mayAsk(one, seen)).toList(),
                        deadline.keeping(timeouts.callMargin())))
                .orElse(BulkReportResult.NOTHING);
    }

    /** Whether the batch's caller still reaches its account. */
    private boolean mayAsk(Account account, CheckState seen) {
        return batchRepository
                .find(seen.dispatch().id().batch())
                .filter(batch -> Grant.reaches(batch.caller(), account.simulated()))
                .isPresent();
    }

    private BulkReportResult ask(Account account, List<CheckState> together, Deadline deadline) {
        var queries = new LinkedHashMap<String, ReportQuery>();
        together.stream()
                .map(CheckState::dispatch)
                .filter(dispatch ->
                        dispatch.checks().events() == 0 && dispatch.submission().reference() != null)
                .forEach(dispatch -> queries.putIfAbsent(dispatch.submission().reference(), query(account, dispatch)));
        if (queries.size() < 2) {
            return BulkReportResult.NOTHING;
        }
        var asked = queries.keySet();
        try {
            var pages = providers.of(account).reports(account, List.copyOf(queries.values()), deadline);
            // Dispatches that the adapter left out are polled for alone.
            return new BulkReportResult(pages.keySet(), pages, null);
        } catch (ProviderException.MalformedAnswer e) {
            LOG.warnf("check of %d dispatches of account %s: %s, one by one", asked.size(), account, e.getMessage());
            // One of them may be the cause, and would stop all of them for ever.
            return BulkReportResult.NOTHING;
        } catch (ProviderException e) {
            LOG.warnf("check of %d dispatches of account %s: %s", asked.size(), account, e.getMessage());
            return new BulkReportResult(asked, Map.of(), e);
        }
    }

    /** Our own reference names its only message; for others the provider's ids have to be looked up. */
    private ReportQuery query(Account account, Dispatch dispatch) {
        return providers.of(account).capabilities(account).givesOwnReference()
                ? ReportQuery.of(Objects.requireNonNull(dispatch.submission().reference()))
                : statusEvidence.query(dispatch);
    }

    /**
     * What a provider reported on several dispatches in one call, before each of them is checked.
     *
     * @param asked the references that were polled for
     * @param failure why there is no answer; null where there is one
     */
    public record BulkReportResult(
            Set<String> asked,
            Map<String, ReportPage> pages,
            @Nullable ProviderException failure) {

        public static final BulkReportResult NOTHING = new BulkReportResult(Set.of(), Map.of(), null);

        /**
         * Empty where this reference was not polled for.
         *
         * @throws ProviderException where it was, and the provider did not answer
         */
        Optional<ReportPage> of(String reference) {
            if (!asked.contains(reference)) {
                return Optional.empty();
            } else if (failure != null) {
                throw failure;
            }
            return Optional.of(pages.getOrDefault(reference, new ReportPage(0, List.of(), false)));
        }
    }
}
