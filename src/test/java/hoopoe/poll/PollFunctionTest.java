package hoopoe.poll;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import hoopoe.batch.Watch;
import hoopoe.store.Reply;
import hoopoe.testing.Mailbox;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PollFunctionTest {

    private final Watch watch = new Watch("hoopoe.timing.function", "PT55S");
    private final Mailbox box = new Mailbox(3);
    private final PollFunction poll = new PollFunction(
            watch.tick, watch.inboxes, watch.house.timing, watch.house.told.metrics(), watch.house.clock);

    PollFunctionTest() {
        watch.house.provider.mailbox(box);
    }

    private int failed(String event) throws Exception {
        watch.house.clock.move(Duration.ofMinutes(1));
        return poll.poll(new ObjectMapper().readValue(event, TickEvent.class)).failed();
    }

    /** As operations.md says it, and as EventBridge's rule sends it. */
    @Test
    void anOperatorHasAnswersReadAgain() throws Exception {
        box.put("+989121234567", "3000123", watch.house.clock.instant(), "hello")
                .whileRead(() -> {
                    throw new IllegalStateException();
                });
        failed("{\"id\": \"1\", \"detail\": {}}");
        box.whileRead(() -> {});
        failed("{}");
        assertThat(watch.inboxes.standing("main").aside()).isEqualTo(1);
        failed("{\"read_again\": \"other\"}");
        assertThat(watch.replies()).isEmpty();

        assertThat(failed("{\"read_again\": \"main\"}")).isZero();

        assertThat(watch.inboxes.standing("main").aside()).isZero();
        assertThat(watch.replies()).extracting(Reply::text).containsExactly("hello");
    }
}
