package hoopoe.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TrailTest {

    @Test
    void whatIsInsideIsToldApartAndWhatIsAroundComesBack() {
        Trail.of("outer").follow(() -> {
            assertThat(Trail.correlation()).isEqualTo("outer");
            Trail.of(null).follow(() -> assertThat(Trail.correlation()).isNull());
            Trail.of("inner").batch("bat_1").follow(() -> assertThat(Trail.correlation())
                    .isEqualTo("inner"));
            assertThat(Trail.correlation()).isEqualTo("outer");
        });

        assertThat(Trail.correlation()).isNull();
    }

    @Test
    void aFailureLeavesNothingBehind() {
        assertThatThrownBy(() -> Trail.of("outer").follow(() -> {
                    throw new IllegalStateException("in it");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(Trail.correlation()).isNull();
    }

    @Test
    void threadsThatItStartsFollowIt() throws Exception {
        var pool = Executors.newSingleThreadExecutor();
        try {
            var there = Trail.of("outer").follow(() -> pool.submit(Trail::correlation));

            assertThat(there.get(10, TimeUnit.SECONDS)).isEqualTo("outer");
        } finally {
            pool.shutdown();
        }
    }
}
