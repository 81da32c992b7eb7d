package hoopoe.batch;

import hoopoe.provider.Account;
import hoopoe.provider.Accounts;
import hoopoe.provider.Capabilities.Feature;
import hoopoe.provider.Deadline;
import hoopoe.provider.ProviderException;
import hoopoe.provider.Providers;
import hoopoe.provider.ReportQuery;
import hoopoe.store.Checkup;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Asks about several dispatches in one call, where the account's provider can be asked so. */
record Inquiries(Accounts accounts, Providers providers) {

    private static final Logger LOG = Logger.getLogger(Inquiries.class);

    /** Which are checked together: those of one account, as many as it can be asked about at once. */
    List<List<Checkup>> together(Collection<Checkup> checkups) {
        var ofAccount = new LinkedHashMap<String, List<Checkup>>();
        checkups.forEach(checkup -> ofAccount
                .computeIfAbsent(checkup.dispatch().account(), name -> new ArrayList<>())
                .add(checkup));
        var groups = new ArrayList<List<Checkup>>();
        ofAccount.forEach((account, all) -> {
            int most = accounts.find(account).map(this::atOnce).orElse(1);
            for (int from = 0; from < all.size(); from += most) {
                groups.add(all.subList(from, Math.min(all.size(), from + most)));
            }
        });
        return groups;
    }

    private int atOnce(Account account) {
        var capabilities = providers.of(account).capabilities(account);
        return capabilities.has(Feature.DELIVERY_REPORTS) ? Math.max(1, capabilities.reportsAtOnce()) : 1;
    }

    /** What a callback spoke of is left out: it is probably over, and else asked by itself. */
    Told ask(List<Checkup> together, Deadline deadline) {
        var account = together.size() < 2
                ? Optional.<Account>empty()
                : accounts.find(together.get(0).dispatch().account());
        return account.map(one -> ask(one, together, deadline)).orElse(Told.NOTHING);
    }

    private Told ask(Account account, List<Checkup> together, Deadline deadline) {
        var references = together.stream()
                .map(Checkup::dispatch)
                .filter(dispatch -> dispatch.events() == 0)
                .map(dispatch -> dispatch.reference())
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        if (references.size() < 2) {
            return Told.NOTHING;
        }
        var asked = new HashSet<>(references);
        try {
            var queries = references.stream().map(ReportQuery::of).toList();
            return new Told(asked, providers.of(account).reports(account, queries, deadline), null);
        } catch (ProviderException e) {
            LOG.warnf("check of %d dispatches of account %s: %s", asked.size(), account, e.getMessage());
            return new Told(asked, Map.of(), e);
        }
    }
}
