package hoopoe.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hoopoe.local.lambda.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarmUpTest {

    private final List<String> called = new ArrayList<>();
    private final List<String> said = new ArrayList<>();
    private int failures;
    private final WarmUp warmUp = new WarmUp(
            (function, event) -> {
                called.add(function);
                return called.size() <= failures
                        ? new Outcome.Failed("Sandbox.Timedout", "Task timed out after 10 seconds")
                        : new Outcome.Returned(event);
            },
            said::add);

    @Test
    void aFunctionThatIsTooSlowAtFirstIsCalledAgain() throws Exception {
        failures = 2;

        warmUp.call("authorize", new byte[0]);

        assertThat(called).hasSize(3).containsOnly("authorize");
        assertThat(said)
                .hasSize(2)
                .first()
                .asString()
                .contains("authorize does not answer yet (1 of 5 tries)", "Task timed out");
    }

    @Test
    void aFunctionThatNeverAnswersIsGivenUpWithWhatToDo() {
        failures = Integer.MAX_VALUE;

        assertThatThrownBy(() -> warmUp.call("send", new byte[0]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("send does not answer", "again when the machine has less to do");
        assertThat(called).hasSize(5);
    }
}
