package hoopoe.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hoopoe.testing.Await;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class WorkersTest {

    private static final Future<?> DONE = CompletableFuture.completedFuture("");

    private static Future<?> failed(Throwable failure) {
        return CompletableFuture.failedFuture(failure);
    }

    /** Lambda freezes what still runs when a function returns. */
    @Test
    void nothingIsThrownAsLongAsAnybodyWorks() throws Exception {
        var atWork = new CompletableFuture<String>();
        var thrown = new CompletableFuture<Throwable>();
        var waiting = new Thread(() -> Workers.await(List.of(failed(new IllegalStateException("canary")), atWork)));
        waiting.setUncaughtExceptionHandler((thread, failure) -> thrown.complete(failure));
        waiting.start();

        Await.until(
                "waiting or through",
                waiting::getState,
                EnumSet.of(Thread.State.WAITING, Thread.State.TERMINATED)::contains);
        assertThat(thrown).isNotDone();

        atWork.complete("");
        assertThat(thrown.get()).hasRootCauseMessage("canary");
        waiting.join();
    }

    @Test
    void whatNobodyMayCatchIsThrownAsItIs() {
        var failure = new AssertionError("canary");

        assertThatThrownBy(() -> Workers.await(List.of(DONE, failed(failure)))).isSameAs(failure);
    }

    @Test
    void workThatIsDoneIsDone() {
        assertThatCode(() -> Workers.await(List.of(DONE, DONE))).doesNotThrowAnyException();
    }
}
