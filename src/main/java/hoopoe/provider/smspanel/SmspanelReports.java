package hoopoe.provider.smspanel;

import hoopoe.provider.Account;
import hoopoe.provider.Deadline;
import hoopoe.provider.ProviderException;
import hoopoe.provider.ReportPage;
import hoopoe.provider.ReportPage.Row;
import hoopoe.provider.ReportQuery;
import hoopoe.provider.ReportQuery.Message;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * {@code GetStatus}: asks for the ids of a dispatch, which are as many as one call may hold. The panel knows its messages by nothing
 * else, so that dispatches are asked about one by one: only the check of one has read its ids.
 */
@ApplicationScoped
class SmspanelReports {

    private final SmspanelInquiry inquiry;

    SmspanelReports(SmspanelInquiry inquiry) {
        this.inquiry = inquiry;
    }

    /** @throws ProviderException where nothing usable was answered; never for a dispatch without ids, which is not asked about */
    ReportPage of(Account account, ReportQuery query, Deadline deadline) {
        var ids = query.messages().stream()
                .map(Message::id)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        return page(query, ids.isEmpty() ? Map.of() : codes(account, ids, deadline));
    }

    private Map<String, String> codes(Account account, List<String> ids, Deadline deadline) {
        var method = SmspanelMethod.GET_STATUS;
        var value = inquiry.ask(account, method, Map.of("unique_ids", ids), deadline);
        return StatusAnswer.read(value, ids)
                .orElseThrow(() -> new ProviderException.Malformed(method.label(), "malformed"));
    }

    private static ReportPage page(ReportQuery query, Map<String, String> codes) {
        var rows = query.messages().stream()
                .filter(message -> message.id() != null && codes.containsKey(message.id()))
                .map(message -> row(message, codes.get(message.id())))
                .toList();
        return new ReportPage(query.messages().size(), rows, false);
    }

    private static Row row(Message message, String code) {
        return new Row(message.to(), SmspanelStatus.fact(code), null, List.of());
    }
}
