package hoopoe.event.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hoopoe.event.EndpointState;
import hoopoe.event.Event;
import hoopoe.event.WebhookDelivery;
import hoopoe.event.WebhookDelivery.DeliveryState;
import hoopoe.event.WebhookEndpoint;
import hoopoe.prove.MemoryTable;
import hoopoe.store.table.Table;
import hoopoe.testing.FaultyDynamo;
import hoopoe.testing.FaultyDynamo.Fault;
import hoopoe.testing.FaultyDynamo.Killed;
import hoopoe.testing.SocketPeer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What was parked is freed when its endpoint answers again, whatever dies or is behind meanwhile. */
@Timeout(120)
class WebhookReleaseTest {

    private static final int EVENTS = 150; // more than are read at once

    private final MemoryTable memory = new MemoryTable();
    private final FaultyDynamo faults = new FaultyDynamo(memory);
    private final WebhookStage stage = new WebhookStage(Duration.ofSeconds(5), new Table(faults.client(), "table"));
    private volatile Runnable meanwhile = () -> {};
    private volatile int status = 500;
    private SocketPeer receiver;
    private WebhookEndpoint endpoint;
    private List<Event> events;

    @BeforeEach
    void fail() throws IOException {
        receiver = new SocketPeer(line -> {
            line.request();
            meanwhile.run();
            line.say(SocketPeer.http(status, "text/plain", ""));
        });
        endpoint = stage.register(receiver.url());
        events = IntStream.range(0, EVENTS)
                .mapToObj(n -> stage.tell(endpoint, "n" + n))
                .toList();
        stage.pump();
        assertThat(stage.endpoint(endpoint).health().state()).isEqualTo(EndpointState.FAILING);
        status = 200;
        stage.clock.move(Duration.ofMinutes(2));
    }

    @AfterEach
    void close() throws IOException {
        receiver.close();
        stage.close();
    }

    private long in(DeliveryState state) {
        return events.stream()
                .map(event -> stage.delivery(endpoint, event))
                .map(WebhookDelivery::state)
                .filter(state::equals)
                .count();
    }

    @Test
    void anIndexThatIsBehindIsNotTheEndOfIt() {
        stage.tick();
        stage.pump();
        stage.clock.move(Duration.ofMinutes(2));
        memory.lateIndexes(true);
        stage.tick();
        stage.pump();
        assertThat(in(DeliveryState.PARKED)).isPositive();
        memory.lateIndexes(false);
        stage.pass(Duration.ofMinutes(2));
        assertThat(in(DeliveryState.DELIVERED)).isEqualTo(EVENTS);
        assertThat(stage.deliveries.findRelease(endpoint.id())).isEmpty();
    }

    /** As {@code DELETE} leaves it. */
    @Test
    void whatIsParkedForAnEndpointThatIsNoMoreIsForgotten() {
        stage.endpoints.delete(endpoint.caller(), endpoint.id());
        stage.deliveries.release(endpoint.caller(), endpoint.id());
        stage.pass(Duration.ofMinutes(2));
        assertThat(in(DeliveryState.FAILED)).isEqualTo(EVENTS);
        assertThat(events)
                .allSatisfy(event ->
                        assertThat(stage.delivery(endpoint, event).body()).isNull());
        assertThat(stage.deliveries.findRelease(endpoint.id())).isEmpty();
    }

    /** The function dies directly after the endpoint is enabled. */
    @Test
    void whoDiesThenHasNoted() {
        diesAtTheEndpoint(Fault.KILL_AFTER);
        assertThat(stage.endpoint(endpoint).health().state()).isEqualTo(EndpointState.ENABLED);
        stage.pass(Duration.ofMinutes(3));
        assertThat(in(DeliveryState.DELIVERED))
                .isGreaterThanOrEqualTo(EVENTS - 1); // the message of the last comes again
    }

    /** And directly before. */
    @Test
    void nothingIsFreedForAnEndpointThatIsStillFailing() {
        diesAtTheEndpoint(Fault.KILL_BEFORE);
        assertThat(stage.endpoint(endpoint).health().state()).isEqualTo(EndpointState.FAILING);
        assertThat(stage.deliveries.findRelease(endpoint.id())).isPresent();
        var parked = in(DeliveryState.PARKED);
        stage.tick();
        assertThat(in(DeliveryState.PARKED)).isEqualTo(parked).isPositive();
        stage.pass(Duration.ofMinutes(20)); // the message that died is due again
        assertThat(in(DeliveryState.DELIVERED)).isEqualTo(EVENTS);
    }

    private void diesAtTheEndpoint(Fault fault) {
        meanwhile = () -> faults.each("WEBHOOKS#" + endpoint.caller(), fault);
        stage.tick();
        assertThatThrownBy(stage::pump).isInstanceOf(Killed.class);
        meanwhile = () -> {};
        faults.heal();
    }
}
