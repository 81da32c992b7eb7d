package hoopoe.batch.check;

import hoopoe.account.Account;
import hoopoe.account.Accounts;
import hoopoe.provider.Capabilities.Feature;
import hoopoe.provider.Deadline;
import hoopoe.provider.ProviderException;
import hoopoe.provider.Providers;
import hoopoe.provider.ReportQuery;
import hoopoe.store.Checkup;
import hoopoe.store.Dispatch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Asks about several dispatches in one call, where the account's provider can be asked so. */
final class Inquiries {

    private static final Logger LOG = Logger.getLogger(Inquiries.class);

    private final Accounts accounts;
    private final Providers providers;
    private final Evidence evidence;

    Inquiries(Accounts accounts, Providers providers, Evidence evidence) {
        this.accounts = accounts;
        this.providers = providers;
        this.evidence = evidence;
    }

    /** Which are checked together: those of one account with as many messages as it can be asked about at once. */
    List<List<Checkup>> together(Collection<Checkup> checkups) {
        var ofAccount = new LinkedHashMap<String, List<Checkup>>();
        checkups.forEach(checkup -> ofAccount
                .computeIfAbsent(checkup.dispatch().account(), name -> new ArrayList<>())
                .add(checkup));
        var groups = new ArrayList<List<Checkup>>();
        ofAccount.forEach((account, all) -> groups.addAll(
                groups(all, accounts.find(account).map(this::atOnce).orElse(1))));
        return groups;
    }

    private static List<List<Checkup>> groups(List<Checkup> checkups, int most) {
        var groups = new ArrayList<List<Checkup>>();
        int free = 0;
        for (var checkup : checkups) {
            int size = checkup.dispatch().size();
            if (groups.isEmpty() || size > free) {
                groups.add(new ArrayList<>());
                free = most;
            }
            groups.get(groups.size() - 1).add(checkup);
            free -= size;
        }
        return groups;
    }

    /** An adapter that throws here throws again when it is asked about one: that one is put off, and nothing else. */
    private int atOnce(Account account) {
        try {
            var capabilities = providers.of(account).capabilities(account);
            return capabilities.has(Feature.DELIVERY_REPORTS) ? Math.max(1, capabilities.reportsAtOnce()) : 1;
        } catch (RuntimeException | VirtualMachineError e) {
            LOG.errorf(e, "account %s: asked about one by one", account);
            return 1;
        }
    }

    /** What a callback spoke of is left out: it is probably over, and else asked by itself. */
    Told ask(List<Checkup> together, Deadline deadline) {
        var account = together.size() < 2
                ? Optional.<Account>empty()
                : accounts.find(together.get(0).dispatch().account());
        return account.map(one -> ask(one, together, deadline)).orElse(Told.NOTHING);
    }

    private Told ask(Account account, List<Checkup> together, Deadline deadline) {
        var queries = new LinkedHashMap<String, ReportQuery>();
        together.stream()
                .map(Checkup::dispatch)
                .filter(dispatch -> dispatch.events() == 0 && dispatch.reference() != null)
                .forEach(dispatch -> queries.putIfAbsent(dispatch.reference(), query(account, dispatch)));
        if (queries.size() < 2) {
            return Told.NOTHING;
        }
        var asked = queries.keySet();
        try {
            var pages = providers.of(account).reports(account, List.copyOf(queries.values()), deadline);
            // What it was not asked about after all is asked by itself.
            return new Told(pages.keySet(), pages, null);
        } catch (ProviderException.MalformedAnswer e) {
            LOG.warnf("check of %d dispatches of account %s: %s, one by one", asked.size(), account, e.getMessage());
            // One of them may be to blame, and would be for ever.
            return Told.NOTHING;
        } catch (ProviderException e) {
            LOG.warnf("check of %d dispatches of account %s: %s", asked.size(), account, e.getMessage());
            return new Told(asked, Map.of(), e);
        }
    }

    /** A reference of ours names its only message; of others the provider's ids have to be looked up. */
    private ReportQuery query(Account account, Dispatch dispatch) {
        return providers.of(account).capabilities(account).givesOwnReference()
                ? ReportQuery.of(Objects.requireNonNull(dispatch.reference()))
                : evidence.query(dispatch);
    }
}
