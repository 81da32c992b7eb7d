package hoopoe.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerShareTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void everyShardIsOneWorkers(int workers) {
        for (int shard = 0; shard < 8; shard++) {
            int of = shard;
            assertThat(IntStream.range(0, workers).filter(worker -> new WorkerShare(worker, workers).has(of)))
                    .hasSize(1);
        }
        assertThat(IntStream.range(0, 8).filter(new WorkerShare(workers - 1, workers)::has))
                .hasSize(8 / workers);
    }

    @ParameterizedTest
    @CsvSource({"16, 1, 16", "16, 4, 4", "16, 8, 2", "9, 8, 2", "1, 8, 1", "3, 2, 2"})
    void whatMayBeAtOnceIsPartedAndNobodyHasNothing(int all, int of, int each) {
        assertThat(new WorkerShare(0, of).part(all)).isEqualTo(each);
    }

    @Test
    void anEventNamesItsWorker() throws Exception {
        assertThat(WorkerShare.read(JSON.readTree("3"), JSON.readTree("4"))).contains(new WorkerShare(3, 4));
        assertThat(WorkerShare.read(null, null)).contains(WorkerShare.WHOLE);
        assertThat(WorkerShare.read(JSON.readTree("null"), null)).contains(WorkerShare.WHOLE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "4; 4",
                "-1; 4",
                "0; 3",
                "0; 0",
                "0; 16",
                "1; null",
                "null; 2",
                "\"1\"; 4",
                "1.5; 4",
                "99999999999; 8",
                "[1]; {}"
            })
    void whatIsNoWorkerIsNone(String worker, String of) throws Exception {
        assertThat(WorkerShare.read(JSON.readTree(worker), JSON.readTree(of))).isEmpty();
    }
}
