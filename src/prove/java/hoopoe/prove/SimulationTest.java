package hoopoe.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The invariants hold in every history that is played here; {@code mvn -Pprove -Dseeds=…} plays more (src/site/proof.md). */
class SimulationTest {

    private static final Logger LOG = Logger.getLogger("hoopoe");
    private static final ExecutorService THREADS = Simulation.threads();

    /** Thousands of failures that faults provoke are no news. */
    @BeforeAll
    static void quiet() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void loud() {
        LOG.setLevel(null);
        THREADS.shutdown();
    }

    @Test
    void invariantsHold() {
        var summary = Simulation.run(1, Long.getLong("seeds", 2_000), true, done -> {});
        System.out.println(summary);
        summary.failed().stream().limit(1).forEach(failed -> Prove.tell(failed.plan()));
        assertThat(summary.failed()).as("%s", summary).isEmpty();
    }

    /**
     * Seeds that found something: a look of {@code publish} that made the next (235), callbacks that no check read while their account
     * was not configured (1456); and faults of the invariants: the failure of an earlier try taken for the message's (9141), wrong
     * clocks after the faults (13668). 13590 and 13953 failed before the generator changed.
     */
    @ParameterizedTest
    @CsvSource({
        "235, MESSAGES",
        "1456, MESSAGES",
        "9141, MESSAGES",
        "13590, MESSAGES",
        "13953, MESSAGES",
        "13668, LOGINS"
    })
    void seedsThatOnceFailed(long seed, Plan.Kind kind) {
        var outcome = Simulation.play(Plan.of(seed, kind), THREADS, false);
        assertThat(outcome.breach()).isNull();
    }

    /** Byte for byte: a history that cannot be played again proves nothing. {@code .ci/run} compares two JDKs. */
    @Test
    void sameSeedSameHistory() {
        for (long seed : new long[] {3, 14, 1593}) {
            for (var kind : Plan.Kind.values()) {
                var once = Simulation.play(Plan.of(seed, kind), THREADS, true);
                var again = Simulation.play(Plan.of(seed, kind), THREADS, true);
                assertThat(again.story()).isEqualTo(once.story()).isNotEmpty();
                System.out.println("seed " + seed + ", " + kind + ": " + once.hash());
            }
        }
    }

    /** What is left of a failing history fails in the same way, and is less. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void failuresShrink(int without) {
        var plan = LongStream.range(1, 100)
                .mapToObj(seed -> Plan.of(seed, Plan.Kind.MESSAGES))
                .filter(one -> Simulation.play(one, THREADS, false).faults().size() > 3)
                .findFirst()
                .orElseThrow();
        var whole = Simulation.play(plan, THREADS, true);
        var fewer = new Plan(
                plan.seed(), plan.kind(), java.util.Set.copyOf(whole.faults().subList(without, 2)), null);
        assertThat(Simulation.play(fewer, THREADS, true).faults())
                .as("only the planned faults happen")
                .isSubsetOf(whole.faults().subList(without, 2));
        assertThat(Shrink.of(plan, THREADS))
                .as("what does not fail is left whole")
                .isSameAs(plan);
    }
}
