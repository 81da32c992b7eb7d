package hoopoe.provider.smspanel;

import hoopoe.local.smspanel.SmspanelSimulator;
import hoopoe.message.PhoneNumber;
import hoopoe.provider.InboxResponse;
import hoopoe.provider.Readiness.Ready;
import hoopoe.provider.ReportQuery;
import hoopoe.testing.Canary;
import hoopoe.testing.MetricLog;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class CanaryTest {

    private static final String NUMBER = "+989121234567";
    private static final ReportQuery QUERY =
            new ReportQuery("1", List.of(new ReportQuery.QueriedMessage(new PhoneNumber(NUMBER), "1")));

    @Test
    void whateverTheProviderRepeatsIsNeitherLoggedNorThrown() {
        try (var simulator = SmspanelSimulator.start();
                var canary = new Canary()) {
            simulator.account("user", Canary.PASSWORD).number("3000123");
            for (var answer : Canary.answers()) {
                for (var method : SmspanelMethod.values()) {
                    simulator.faults().always(method.wireName(), answer);
                }
                try (var adapter = new Adapter(simulator.url(), Map.of("password", Canary.PASSWORD))) {
                    var watched = MetricLog.watching(adapter.provider).of(adapter.account);
                    var ready = (Ready) watched.ready(adapter.account, adapter.deadline());
                    Stream.<Runnable>of(
                                    () -> watched.send(
                                            adapter.account,
                                            ready,
                                            Adapter.order(Canary.TEXT, NUMBER),
                                            adapter.deadline()),
                                    () -> watched.credit(adapter.account, adapter.deadline()),
                                    () -> watched.report(adapter.account, QUERY, 1, adapter.deadline()),
                                    () -> watched.reports(adapter.account, List.of(QUERY), adapter.deadline()),
                                    () -> {
                                        if (watched.drain(adapter.account, ready, adapter.deadline())
                                                instanceof InboxResponse.RawResponse rawResponse) {
                                            watched.read(adapter.account, rawResponse);
                                        }
                                    })
                            .forEach(canary::in);
                }
            }
            canary.assertUnheard();
        }
    }
}
