package hoopoe.batch.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import hoopoe.batch.Watch;
import hoopoe.testing.FaultyDynamo.Fault;
import hoopoe.testing.FaultyDynamo.Killed;
import hoopoe.testing.Mailbox;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A process dies, or an answer of the table is lost, at every write of the emptying of an inbox in turn. */
class InboxCrashTest {

    private static final int FULL = 2;
    private static final int MESSAGES = 3;

    /** To die after a write is to die before the next. */
    private static final EnumSet<Fault> FAULTS =
            EnumSet.of(Fault.KILL_AFTER, Fault.LOST, Fault.UNREACHED, Fault.CONFLICT);

    private static final Instant AT = Instant.parse("2026-03-01T03:50:00Z");

    private final Watch watch = new Watch();
    private final Mailbox box = new Mailbox(FULL);

    InboxCrashTest() {
        watch.house.provider.mailbox(box);
        for (int i = 0; i < MESSAGES; i++) {
            box.put("+989120000000", "3000123", AT.plusSeconds(i), "text " + i);
        }
    }

    static Stream<Arguments> everyWrite() {
        var sound = new InboxCrashTest();
        sound.watch.house.faults.when(write -> false, Fault.LOST);
        sound.tick();
        sound.drop();
        return FAULTS.stream().flatMap(fault -> IntStream.rangeClosed(1, sound.watch.house.faults.writes())
                .mapToObj(k -> Arguments.of(fault, k)));
    }

    /** DynamoDB Local has its work with every table that is there. */
    @AfterEach
    void drop() {
        watch.house.healthy.deleteTable(delete -> delete.tableName(watch.house.name));
    }

    private void tick() {
        watch.house.clock.move(Duration.ofMinutes(2));
        watch.tick();
    }

    @ParameterizedTest
    @MethodSource("everyWrite")
    void whatWasTakenOutIsShownOnceOrNotedAsAPossibleLoss(Fault fault, int k) {
        watch.house.faults.at(k, fault);
        var thrown = catchThrowable(this::tick);
        assertThat(watch.house.faults.writes()).isGreaterThanOrEqualTo(k);
        assertThat(thrown == null || isDeath(thrown)).as("%s", thrown).isTrue();
        watch.house.faults.heal();
        IntStream.range(0, 3).forEach(i -> tick());

        var losses = watch.inboxes.standing("main").losses();
        assertThat(box.taken()).isEqualTo(MESSAGES);
        assertThat(watch.replies()).doesNotHaveDuplicates().hasSizeBetween(MESSAGES - losses * FULL, MESSAGES);
        assertThat(losses).isLessThanOrEqualTo(1);
        if (fault != Fault.KILL_AFTER) {
            assertThat(watch.replies()).hasSize(MESSAGES);
        }
        assertThat(watch.inboxes.open("main")).isEmpty();
        assertThat(watch.inboxes.standing("main").failure()).isNull();
        assertThat(watch.inboxes.standing("main").emptied()).isEqualTo(watch.house.clock.instant());
    }

    private static boolean isDeath(Throwable thrown) {
        return thrown instanceof Killed || thrown.getCause() != null && isDeath(thrown.getCause());
    }
}
