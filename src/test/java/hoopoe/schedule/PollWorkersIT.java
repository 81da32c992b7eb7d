package hoopoe.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.local.Every8d;
import hoopoe.local.Stack;
import hoopoe.local.every8d.Switch;
import hoopoe.testing.Api;
import hoopoe.testing.SharedStack;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** The template's second worker, as the artifact runs it: both schedules together check what no callback tells of. */
class PollWorkersIT {

    /** Of eight shards; that one worker has none is one chance in thousands. */
    private static final int MESSAGES = 12;

    @Test
    void bothWorkersCheckTheirShare() throws Exception {
        try (var stack = Stack.builder()
                .timeout(Duration.ofMinutes(3))
                .settings(SharedStack.UNHURRIED)
                .simulator(Every8d.on(0))
                .parameter("PollWorkers", "2")
                .last()
                .start()) {
            var simulator = stack.simulator(Every8d.class).simulator();
            simulator.switches().set(Switch.Callbacks.OFF);
            var api = new Api(stack.url());
            var ids = new ArrayList<String>();
            for (int i = 0; i < MESSAGES; i++) {
                var answer = api.send(
                        "{\"text\": \"to be checked\", \"recipients\": [{\"to\": \"0912345%03d\"}]}".formatted(i));
                assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(202);
                ids.add(answer.path("id"));
            }

            for (var id : ids) {
                api.tickUntilMessages(id, "delivered");
            }

            assertThat(simulator.messages()).hasSize(MESSAGES);
            assertThat(stack.environments().get("poll"))
                    .as("one for each worker")
                    .hasSize(2);
            assertThat(stack.log()).noneMatch(line -> line.contains("this tick looks at everything"));
        }
    }
}
