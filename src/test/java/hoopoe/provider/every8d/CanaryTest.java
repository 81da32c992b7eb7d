package hoopoe.provider.every8d;

import hoopoe.local.every8d.Every8dSimulator;
import hoopoe.provider.ReportQuery;
import hoopoe.testing.Canary;
import hoopoe.testing.MetricLog;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class CanaryTest {

    private static final String NUMBER = "+886912345678";
    private static final List<String> OPERATIONS = List.of(
            "sendSMS",
            "sendMessage",
            "sendParamSMS",
            "getCredit",
            "getDeliveryStatus",
            "eraseBooking",
            "closeConnection");

    /** The password is {@code FakeSecrets}'. */
    @Test
    void whateverTheProviderRepeatsIsNeitherLoggedNorThrown() {
        try (var simulator = Every8dSimulator.start();
                var canary = new Canary("right")) {
            simulator.account("user", "right");
            for (var answer : Canary.answers()) {
                try (var adapter = new Adapter(simulator.url())) {
                    var watched = MetricLog.watching(adapter.provider).of(adapter.account);
                    simulator.faults().always("getConnection", answer);
                    canary.in(() -> watched.ready(adapter.account, adapter.deadline()));
                }
                try (var adapter = new Adapter(simulator.url())) {
                    var watched = MetricLog.watching(adapter.provider).of(adapter.account);
                    simulator.faults().clear();
                    var ready = adapter.ready();
                    OPERATIONS.forEach(operation -> simulator.faults().always(operation, answer));
                    var order = Adapter.order(Canary.TEXT, NUMBER);
                    Stream.<Runnable>of(
                                    () -> watched.send(adapter.account, ready, order, adapter.deadline()),
                                    () -> watched.credit(adapter.account, adapter.deadline()),
                                    () -> watched.report(adapter.account, ReportQuery.of("ref"), 1, adapter.deadline()),
                                    () -> watched.erase(adapter.account, "ref", adapter.deadline()),
                                    () -> watched.closeSession(adapter.account, adapter.deadline()))
                            .forEach(canary::in);
                }
            }
            canary.assertUnheard();
        }
    }
}
