package hoopoe.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LogContextTest {

    @Test
    void whatIsInsideIsToldApartAndWhatIsAroundComesBack() {
        LogContext.of("outer").follow(() -> {
            assertThat(LogContext.correlation()).isEqualTo("outer");
            LogContext.of(null)
                    .follow(() -> assertThat(LogContext.correlation()).isNull());
            LogContext.of("inner").batch("bat_1").follow(() -> assertThat(LogContext.correlation())
                    .isEqualTo("inner"));
            assertThat(LogContext.correlation()).isEqualTo("outer");
        });

        assertThat(LogContext.correlation()).isNull();
    }

    @Test
    void aFailureLeavesNothingBehind() {
        assertThatThrownBy(() -> LogContext.of("outer").follow(() -> {
                    throw new IllegalStateException("in it");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(LogContext.correlation()).isNull();
    }

    @Test
    void threadsThatItStartsFollowIt() throws Exception {
        var pool = Executors.newSingleThreadExecutor();
        try {
            var there = LogContext.of("outer").follow(() -> pool.submit(LogContext::correlation));

            assertThat(there.get(10, TimeUnit.SECONDS)).isEqualTo("outer");
        } finally {
            pool.shutdown();
        }
    }
}
