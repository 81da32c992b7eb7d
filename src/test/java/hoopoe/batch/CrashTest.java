package hoopoe.batch;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.testing.FaultyDynamo.Fault;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A process dies, or an answer of the table is lost, at every write of a send in turn: of the call, of those whom the stream
 * wakes, and of the ticks. How many writes there are is counted, by a run in which nothing fails.
 */
class CrashTest {

    private static final Set<Fault> KILLS = EnumSet.of(Fault.KILL_BEFORE, Fault.KILL_AFTER);

    private static int writes(SendSteps sendSteps) {
        try (var crashStory = new CrashStory(sendSteps, Map.of())) {
            crashStory.tell();
            crashStory.assertEnd(false);
            return crashStory.writes();
        }
    }

    /** What the table may do wrong is tried where it is quick, death everywhere. */
    static Stream<Arguments> everyWrite() {
        var quick = EnumSet.of(
                SendSteps.ONE,
                SendSteps.ONE_AGAIN,
                SendSteps.THREE_ANSWERED,
                SendSteps.CHARGED,
                SendSteps.CHARGED_UNREACHED,
                SendSteps.TWO_WITHOUT_STREAM);
        return Stream.of(SendSteps.values())
                .flatMap(sendSteps ->
                        writesOf(sendSteps, quick.contains(sendSteps) ? EnumSet.allOf(Fault.class) : KILLS));
    }

    static Stream<Arguments> everyDeath() {
        return writesOf(SendSteps.TWO_WITHOUT_STREAM, KILLS);
    }

    private static Stream<Arguments> writesOf(SendSteps sendSteps, Set<Fault> faults) {
        int writes = writes(sendSteps);
        return faults.stream()
                .flatMap(fault -> IntStream.rangeClosed(1, writes).mapToObj(k -> Arguments.of(sendSteps, fault, k)));
    }

    @ParameterizedTest
    @MethodSource("everyWrite")
    void nothingIsStuckAndNothingIsSentTwice(SendSteps sendSteps, Fault fault, int k) {
        try (var crashStory = new CrashStory(sendSteps, Map.of(k, fault))) {
            crashStory.tell();
            assertThat(crashStory.writes()).as("the fault was met").isGreaterThanOrEqualTo(k);
            crashStory.assertNothingStuckAndNothingTwice();

            crashStory.callAgain();

            crashStory.assertNothingStuckAndNothingTwice();
            crashStory.assertEnd(KILLS.contains(fault));
        }
    }

    static Stream<Arguments> everyChargedWrite() {
        return Stream.of(SendSteps.CHARGED, SendSteps.CHARGED_UNREACHED)
                .flatMap(sendSteps -> writesOf(sendSteps, EnumSet.allOf(Fault.class)));
    }

    /** Another caller answers the same received message, again and again: of all of them one is sent, or none. */
    @ParameterizedTest
    @MethodSource("everyChargedWrite")
    void aReceivedMessageIsAnsweredOnceWhoeverDies(SendSteps sendSteps, Fault fault, int k) {
        try (var crashStory = new CrashStory(sendSteps, Map.of(k, fault))) {
            crashStory.tell();
            crashStory.othersCall();
            crashStory.assertNothingStuckAndNothingTwice();
        }
    }

    /** The worker that repairs crashes too, at every write in turn. */
    @ParameterizedTest
    @MethodSource("everyDeath")
    void norWhereASecondOneDies(SendSteps sendSteps, Fault first, int k) {
        for (var second : KILLS) {
            for (int j = 1; isHarmless(sendSteps, Map.of(k, first, k + j, second), k + j); j++) {
                // the next write
            }
        }
    }

    /** @return whether there was such a write */
    private static boolean isHarmless(SendSteps sendSteps, Map<Integer, Fault> faults, int last) {
        try (var crashStory = new CrashStory(sendSteps, faults)) {
            crashStory.tell();
            boolean met = crashStory.writes() >= last;
            crashStory.assertNothingStuckAndNothingTwice();
            crashStory.callAgain();
            crashStory.assertNothingStuckAndNothingTwice();
            crashStory.assertEnd(true);
            return met;
        }
    }
}
