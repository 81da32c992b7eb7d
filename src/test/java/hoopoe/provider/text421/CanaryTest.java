package hoopoe.provider.text421;

import hoopoe.local.text421.Text421Simulator;
import hoopoe.provider.CallbackRequest;
import hoopoe.provider.Readiness.Ready;
import hoopoe.provider.ReportQuery;
import hoopoe.testing.Canary;
import hoopoe.testing.MetricLog;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class CanaryTest {

    private static final String ID = "k3v9x1c7m2q5z0";
    private static final ReportQuery QUERY = ReportQuery.of(ID);
    private static final CallbackRequest CALLBACK = new CallbackRequest(
            "POST",
            "msisdn=421901727051&source=canary&text=canary",
            "text/plain",
            "canary 421901727051".getBytes(StandardCharsets.UTF_8));

    @Test
    void whateverTheProviderRepeatsIsNeitherLoggedNorThrown() {
        try (var simulator = Text421Simulator.start();
                var canary = new Canary("billing-1234")) {
            simulator.account("user", Canary.PASSWORD);
            for (var answer : Canary.answers()) {
                simulator.faults().always("smsSendBillXML", answer);
                simulator.faults().always("deliveryJSON", answer);
                try (var adapter = new Adapter(simulator.url(), Map.of("password", Canary.PASSWORD))) {
                    var watched = MetricLog.watching(adapter.provider).of(adapter.account);
                    var ready = (Ready) watched.ready(adapter.account, adapter.deadline());
                    Stream.<Runnable>of(
                                    () -> watched.send(
                                            adapter.account,
                                            ready,
                                            Adapter.order(ID, "4294967296", Canary.TEXT),
                                            adapter.deadline()),
                                    () -> watched.report(adapter.account, QUERY, 1, adapter.deadline()),
                                    () -> watched.reports(adapter.account, List.of(QUERY), adapter.deadline()),
                                    () -> watched.callback(adapter.account, CALLBACK))
                            .forEach(canary::in);
                }
            }
            canary.assertUnheard();
        }
    }
}
