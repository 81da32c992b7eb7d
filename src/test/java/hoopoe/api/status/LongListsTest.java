package hoopoe.api.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import hoopoe.api.http.ResponseSizeLimit;
import hoopoe.batch.Batch;
import hoopoe.delivery.DeliveryReport;
import hoopoe.inbox.InboundSms;
import hoopoe.inbox.NewReply;
import hoopoe.message.MessageReport;
import hoopoe.message.MessageState;
import hoopoe.message.StatusFact;
import hoopoe.testing.ApiEvents;
import hoopoe.testing.StoreFixture;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Lists of the longest rows: no answer is more than Lambda carries, and none is lost over the pages. */
class LongListsTest extends StatusFixture {

    private static final int MOST = 4_500_000;

    /** Seven bytes each, as the answer leaves. */
    private static final String WORST = "\u0001";

    @Test
    void messages() {
        var batch = storeFixture.batch(1000);
        storeFixture.submit(batch, 0);
        var lines = new TreeMap<Integer, MessageReport>();
        for (int n = 0; n < 1000; n++) {
            var messageReport = MessageReport.of(WORST.repeat(64));
            for (int i = 0; i < 4; i++) {
                messageReport = messageReport.with(new StatusFact(
                        MessageState.UNDELIVERED,
                        SAID.plusSeconds(i),
                        WORST.repeat(40),
                        WORST.repeat(120),
                        "1.00",
                        StatusFact.Source.REPORT));
            }
            lines.put(n, messageReport);
        }
        assertThat(storeFixture.deliveryReportRepository.write(
                        storeFixture.dispatch(batch, 0).id(),
                        new DeliveryReport(0, lines, MessageReport.EMPTY),
                        0,
                        batch.lifetime().expires()))
                .isTrue();

        var seen = pages("GET /v1/batches/{id}/messages", batch.id(), "messages");

        assertThat(seen)
                .isEqualTo(IntStream.range(0, 1000)
                        .mapToObj(n -> batch.id() + '-' + n)
                        .toList());
    }

    @Test
    void replies() {
        var ids = new ArrayList<String>();
        for (int n = 0; n < 250; n++) {
            var sms = new InboundSms(
                    StoreFixture.ACCOUNT, null, null, SAID.plusSeconds(n), WORST.repeat(4096), null, null);
            ids.add(storeFixture
                    .replyRepository
                    .keep(new NewReply(sms, null, null, null, true))
                    .toString());
        }

        assertThat(pages("GET /v1/replies", "", "replies")).isEqualTo(ids);
    }

    /** Longer than any that can be made. */
    @Test
    void batches() {
        var ids = new ArrayList<String>();
        for (int n = 0; n < 50; n++) {
            ids.add(0, longest(n).id());
        }
        storeFixture.clock.move(Duration.ofHours(1));

        assertThat(pages("GET /v1/batches", "", "batches")).isEqualTo(ids);
    }

    private Batch longest(int n) {
        storeFixture.clock.move(Duration.ofSeconds(n));
        return storeFixture.batchAbout(WORST.repeat(20_000));
    }

    @Test
    void aRowThatIsTooLongByItselfIsShownAlone() {
        var row = "x".repeat(ResponseSizeLimit.MOST + 1);

        assertThat(ResponseSizeLimit.of(List.of(row, row))).containsExactly(row);
        assertThat(ResponseSizeLimit.of(List.of("a", row))).containsExactly("a");
        assertThat(ResponseSizeLimit.of(List.of())).isEmpty();
    }

    private List<String> pages(String route, String id, String rows) {
        Function<String, JsonNode> ask = query -> {
            var answer = function.status(ApiEvents.of(route, id, query));
            assertThat(bytes(answer)).isLessThan(MOST);
            return read(200, answer);
        };
        var pages = rows.equals("replies")
                ? feed("limit=1000", ask)
                : pages(rows.equals("batches") ? "limit=50" : "limit=1000", ask);
        assertThat(pages).hasSizeGreaterThan(1);
        return all(pages, rows, "id");
    }

    private static int bytes(APIGatewayV2HTTPResponse answer) {
        try {
            return JSON.writeValueAsString(answer).getBytes(StandardCharsets.UTF_8).length;
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
