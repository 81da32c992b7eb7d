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

    private static int writes(Course course) {
        try (var story = new Story(course, Map.of())) {
            story.tell();
            story.assertEnd(false);
            return story.writes();
        }
    }

    /** What the table may do wrong is tried where it is quick, death everywhere. */
    static Stream<Arguments> everyWrite() {
        var quick = EnumSet.of(
                Course.ONE,
                Course.ONE_AGAIN,
                Course.THREE_ANSWERED,
                Course.CHARGED,
                Course.CHARGED_UNREACHED,
                Course.TWO_WITHOUT_STREAM);
        return Stream.of(Course.values())
                .flatMap(course -> writesOf(course, quick.contains(course) ? EnumSet.allOf(Fault.class) : KILLS));
    }

    static Stream<Arguments> everyDeath() {
        return writesOf(Course.TWO_WITHOUT_STREAM, KILLS);
    }

    private static Stream<Arguments> writesOf(Course course, Set<Fault> faults) {
        int writes = writes(course);
        return faults.stream()
                .flatMap(fault -> IntStream.rangeClosed(1, writes).mapToObj(k -> Arguments.of(course, fault, k)));
    }

    @ParameterizedTest
    @MethodSource("everyWrite")
    void nothingIsStuckAndNothingIsSentTwice(Course course, Fault fault, int k) {
        try (var story = new Story(course, Map.of(k, fault))) {
            story.tell();
            assertThat(story.writes()).as("the fault was met").isGreaterThanOrEqualTo(k);
            story.assertNothingStuckAndNothingTwice();

            story.callAgain();

            story.assertNothingStuckAndNothingTwice();
            story.assertEnd(KILLS.contains(fault));
        }
    }

    static Stream<Arguments> everyChargedWrite() {
        return Stream.of(Course.CHARGED, Course.CHARGED_UNREACHED)
                .flatMap(course -> writesOf(course, EnumSet.allOf(Fault.class)));
    }

    /** Another caller answers the same received message, again and again: of all of them one is sent, or none. */
    @ParameterizedTest
    @MethodSource("everyChargedWrite")
    void aReceivedMessageIsAnsweredOnceWhoeverDies(Course course, Fault fault, int k) {
        try (var story = new Story(course, Map.of(k, fault))) {
            story.tell();
            story.othersCall();
            story.assertNothingStuckAndNothingTwice();
        }
    }

    /** Whoever mends dies too, at every write in turn. */
    @ParameterizedTest
    @MethodSource("everyDeath")
    void norWhereASecondOneDies(Course course, Fault first, int k) {
        for (var second : KILLS) {
            for (int j = 1; isHarmless(course, Map.of(k, first, k + j, second), k + j); j++) {
                // the next write
            }
        }
    }

    /** @return whether there was such a write */
    private static boolean isHarmless(Course course, Map<Integer, Fault> faults, int last) {
        try (var story = new Story(course, faults)) {
            story.tell();
            boolean met = story.writes() >= last;
            story.assertNothingStuckAndNothingTwice();
            story.callAgain();
            story.assertNothingStuckAndNothingTwice();
            story.assertEnd(true);
            return met;
        }
    }
}
