package hoopoe.prove.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A sample of the faults of sockets, against the packaged artifact. {@code mvn -Psockets} has all. */
class SocketMatrixIT {

    private static final int OF_EACH = 2;

    @Test
    void nothingIsSentTwiceAndNoFunctionFails() throws Exception {
        var summary = SocketMatrix.run(SocketMatrix.some(1, OF_EACH), 2, 2, Duration.ofHours(1));
        System.out.println(summary);
        assertThat(summary.breaches()).isEmpty();
    }

    @Test
    void theWholeHasAllCases() {
        assertThat(SocketMatrix.cases()).hasSize(4480);
        assertThat(SocketMatrix.cases()).extracting(SocketCase::toString).doesNotHaveDuplicates();
    }
}
