package hoopoe.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hoopoe.local.every8d.Switch;
import hoopoe.local.wire.Exchange;
import hoopoe.local.wire.Fault;
import hoopoe.testing.Api;
import hoopoe.testing.Await;
import hoopoe.testing.Bodies;
import hoopoe.testing.HastyStack;
import hoopoe.testing.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 1,230 messages under one reference of the provider: its report has two pages, and there are no callbacks. */
@ExtendWith(HastyStack.Extension.class)
class ReportPagesIT {

    private static final int ALL = 1230;

    private final HastyStack hasty;
    private final Api api;
    private final Tenant tenant;

    ReportPagesIT(HastyStack hasty) {
        this.hasty = hasty;
        this.api = hasty.api();
        this.tenant = hasty.wide();
    }

    @BeforeEach
    void prepare() {
        tenant.every8d().faults().clear();
        tenant.every8d().switches().set(Switch.Callbacks.OFF);
        tenant.every8d().wire().clear();
    }

    @Test
    void allRowsComeOverTwoPages() throws Exception {
        var id = send();

        allAreDeliveredOnce(id);

        assertThat(pages()).startsWith("1", "2");
    }

    /** Another system closed the connection. */
    @Test
    void aSessionThatDiesBetweenThemLosesAndDoublesNothing() throws Exception {
        tenant.every8d().faults().plan("getDeliveryStatus", 1, 1, Fault.meanwhile(tenant.customer()::endSession));
        var id = send();

        allAreDeliveredOnce(id);

        assertThat(pages()).startsWith("1", "2", "2");
        assertThat(tenant.asked("getConnection")).isBetween(1, 2);
    }

    /** The provider says so although the key is alive, and gives the same again. */
    @ParameterizedTest
    @ValueSource(ints = {-301, -99})
    void norDoesARefusalBetweenThem(int code) throws Exception {
        tenant.every8d().faults().plan("getDeliveryStatus", 1, 1, Fault.refuses(code));
        var id = send();

        allAreDeliveredOnce(id);

        assertThat(pages()).startsWith("1", "2", "2");
    }

    /** The next worker continues where the crashed one stopped. */
    @Test
    void norDoesADeathBetweenThem() throws Exception {
        var asked = new CountDownLatch(1);
        var dead = new CountDownLatch(1);
        tenant.every8d().faults().plan("getDeliveryStatus", 1, 1, Fault.meanwhile(() -> {
            asked.countDown();
            await(dead);
        }));
        var id = send();
        var tick = hasty.tickUntil(asked);
        await(asked);

        hasty.stack().kill("poll");
        dead.countDown();
        tick.join();

        allAreDeliveredOnce(id);
        assertThat(pages()).startsWith("1", "2", "2");
    }

    private String send() throws Exception {
        var answer = api.send(Bodies.to(tenant, ALL));
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(202);
        var batch = Await.until("sent", () -> api.batch(answer.path("id")), seen -> !seen.at("/dispatches/0/reference")
                .isMissingNode());
        assertThat(batch.path("dispatches")).hasSize(1);
        return answer.path("id");
    }

    private void allAreDeliveredOnce(String id) throws Exception {
        var batch = api.tickUntilMessages(id, "delivered");
        assertThat(batch.path("counts")).isEqualTo(Api.json("{\"delivered\": " + ALL + "}"));
        var first = page(id, "");
        var second = page(id, "&cursor=" + first.path("next_cursor").asText());
        var messages = new ArrayList<JsonNode>();
        first.path("messages").forEach(messages::add);
        second.path("messages").forEach(messages::add);
        assertThat(messages)
                .extracting(message -> message.path("to").asText())
                .containsExactlyElementsOf(
                        IntStream.range(0, ALL).mapToObj(Bodies::number).toList());
        assertThat(messages).allSatisfy(message -> {
            assertThat(message.path("state").asText()).isEqualTo("delivered");
            assertThat(message.at("/cost/amount").asText()).isEqualTo("1.0");
            assertThat(message.path("timeline")).hasSizeBetween(1, 2);
        });
        assertThat(second.has("next_cursor")).isFalse();
        assertThat(tenant.asked("sendSMS")).isOne();
    }

    private JsonNode page(String id, String cursor) throws Exception {
        var answer = api.get("/v1/batches/" + id + "/messages?limit=1000" + cursor);
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(200);
        return answer.as(JsonNode.class);
    }

    /** The numbers of the pages that were asked for. */
    private List<String> pages() {
        return tenant.every8d().wire().exchanges("getDeliveryStatus").stream()
                .map(Exchange::request)
                .map(request -> request.text().replaceAll("(?s).*<pageNo>(.*)</pageNo>.*", "$1"))
                .toList();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
