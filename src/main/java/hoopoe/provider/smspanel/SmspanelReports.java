package hoopoe.provider.smspanel;

import hoopoe.account.Account;
import hoopoe.provider.Deadline;
import hoopoe.provider.ProviderException;
import hoopoe.provider.ReportPage;
import hoopoe.provider.ReportPage.ReportRow;
import hoopoe.provider.ReportQuery;
import hoopoe.provider.ReportQuery.QueriedMessage;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Polls {@code GetStatus} by ids, at most 60 a call, across dispatches. */
@ApplicationScoped
class SmspanelReports {

    static final int MOST_IDS = 60;

    private final SmspanelQueryCall inquiry;

    SmspanelReports(SmspanelQueryCall inquiry) {
        this.inquiry = inquiry;
    }

    /**
     * Pages by reference. Left out are dispatches for which time was too short, and those that must be polled alone.
     *
     * @throws ProviderException where no call was answered
     */
    Map<String, ReportPage> of(Account account, List<ReportQuery> queries, Deadline deadline) {
        var pages = new HashMap<String, ReportPage>();
        for (var together : together(queries)) {
            if (!pages.isEmpty() && !inquiry.hasTime(deadline)) {
                return pages;
            }
            try {
                pages.putAll(pages(account, together, deadline));
            } catch (ProviderException e) {
                if (pages.isEmpty()) {
                    throw e;
                }
                return pages;
            }
        }
        return pages;
    }

    /** Groups dispatches whose ids fit in one call. */
    private static List<List<ReportQuery>> together(List<ReportQuery> queries) {
        var calls = new ArrayList<List<ReportQuery>>();
        int free = 0;
        for (var query : queries) {
            int size = ids(List.of(query)).size();
            if (size == 0) {
                continue;
            }
            if (size > free) {
                calls.add(new ArrayList<>());
                free = MOST_IDS;
            }
            calls.get(calls.size() - 1).add(query);
            free -= size;
        }
        return calls;
    }

    private Map<String, ReportPage> pages(Account account, List<ReportQuery> queries, Deadline deadline) {
        var codes = codes(account, ids(queries), deadline);
        var pages = new HashMap<String, ReportPage>();
        if (codes.isEmpty() && queries.size() > 1) {
            // If the panel leaves out one id, the codes of the others in the call are lost.
            return pages;
        }
        queries.forEach(query -> pages.put(query.reference(), page(query, codes)));
        return pages;
    }

    private Map<String, String> codes(Account account, List<String> ids, Deadline deadline) {
        var method = SmspanelMethod.GET_STATUS;
        var value = inquiry.ask(account, method, Map.of("unique_ids", ids), deadline);
        return SmspanelStatusAnswer.read(value, ids)
                .orElseThrow(() -> new ProviderException.MalformedAnswer(method.label(), "malformed"));
    }

    private static ReportPage page(ReportQuery query, Map<String, String> codes) {
        var rows = query.messages().stream()
                .filter(queriedMessage -> queriedMessage.id() != null && codes.containsKey(queriedMessage.id()))
                .map(queriedMessage -> row(queriedMessage, codes.get(queriedMessage.id())))
                .toList();
        return new ReportPage(query.messages().size(), rows, false);
    }

    private static ReportRow row(QueriedMessage queriedMessage, String code) {
        return new ReportRow(queriedMessage.to(), SmspanelStatus.fact(code), null, List.of());
    }

    private static List<String> ids(List<ReportQuery> queries) {
        return queries.stream()
                .flatMap(query -> query.messages().stream())
                .map(QueriedMessage::id)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }
}
