package hoopoe.dispatch.cancel;

import hoopoe.account.Account;
import hoopoe.dispatch.Dispatch;
import hoopoe.message.MessageState;
import hoopoe.message.StatusFact;
import hoopoe.provider.Deadline;
import hoopoe.provider.ReportPage;
import hoopoe.provider.ReportQuery;
import hoopoe.provider.SmsProvider;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads from a provider's report which messages it has cancelled. */
final class CancellationReport {

    /**
     * Pages that are read each minute: EVERY8D has 1,000 rows a page, and a dispatch at most 2,000 messages. For a report
     * without an end, the dispatch's own checks know how far they came; when they settle the dispatch, it is no longer pending.
     */
    static final int MOST_PAGES = 5;

    private CancellationReport() {}

    /** All messages that the provider took. Where it deleted another number, it is not known which are still to be sent. */
    static int most(Dispatch dispatch) {
        return dispatch.size() - dispatch.submission().unsent();
    }

    /** How many were cancelled; empty until the report has every message, and none of them could still be cancelled. */
    static Optional<Integer> reported(SmsProvider provider, Account account, Dispatch dispatch, Deadline deadline) {
        var facts = new HashMap<Object, StatusFact>();
        for (int page = 1; page <= MOST_PAGES && deadline.leaves(BatchCancellation.ENOUGH); page++) {
            var report = provider.report(
                    account, ReportQuery.of(dispatch.submission().reference()), page, deadline);
            report.rows().forEach(reportRow -> add(facts, reportRow));
            if (!report.hasMore()) {
                return decided(facts, most(dispatch));
            }
        }
        return Optional.empty();
    }

    /** A dispatch has a phone number only once, but a row can come again on another page. */
    private static void add(Map<Object, StatusFact> facts, ReportPage.ReportRow reportRow) {
        facts.merge(
                reportRow.to() == null ? new Object() : reportRow.to(),
                reportRow.fact(),
                (one, other) -> one.compareTo(other) < 0 ? other : one);
    }

    private static Optional<Integer> decided(Map<Object, StatusFact> facts, int size) {
        boolean open = facts.size() < size || facts.values().stream().anyMatch(CancellationReport::canBeTakenBack);
        return open
                ? Optional.empty()
                : Optional.of((int) facts.values().stream()
                        .filter(statusFact -> statusFact.state() == MessageState.CANCELLED)
                        .count());
    }

    private static boolean canBeTakenBack(StatusFact statusFact) {
        return statusFact.state().rank() < MessageState.SUBMITTED.rank();
    }
}
