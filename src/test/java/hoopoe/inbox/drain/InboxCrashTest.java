package hoopoe.inbox.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import hoopoe.batch.TickFixture;
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

    private final TickFixture tickFixture = new TickFixture();
    private final Mailbox box = new Mailbox(FULL);

    InboxCrashTest() {
        tickFixture.appFixture.provider.mailbox(box);
        for (int i = 0; i < MESSAGES; i++) {
            box.put("+989120000000", "3000123", AT.plusSeconds(i), "text " + i);
        }
    }

    static Stream<Arguments> everyWrite() {
        var sound = new InboxCrashTest();
        sound.tickFixture.appFixture.faults.when(write -> false, Fault.LOST);
        sound.tick();
        sound.drop();
        return FAULTS.stream().flatMap(fault -> IntStream.rangeClosed(1, sound.tickFixture.appFixture.faults.writes())
                .mapToObj(k -> Arguments.of(fault, k)));
    }

    /** DynamoDB Local has its work with every table that is there. */
    @AfterEach
    void drop() {
        tickFixture.appFixture.healthy.deleteTable(delete -> delete.tableName(tickFixture.appFixture.name));
    }

    private void tick() {
        tickFixture.appFixture.clock.move(Duration.ofMinutes(2));
        tickFixture.tick();
    }

    @ParameterizedTest
    @MethodSource("everyWrite")
    void whatWasTakenOutIsShownOnceOrNotedAsAPossibleLoss(Fault fault, int k) {
        tickFixture.appFixture.faults.at(k, fault);
        var thrown = catchThrowable(this::tick);
        assertThat(tickFixture.appFixture.faults.writes()).isGreaterThanOrEqualTo(k);
        assertThat(thrown == null || isDeath(thrown)).as("%s", thrown).isTrue();
        tickFixture.appFixture.faults.heal();
        IntStream.range(0, 3).forEach(i -> tick());

        var losses = tickFixture.inboxRepository.standing("main").losses();
        assertThat(box.taken()).isEqualTo(MESSAGES);
        assertThat(tickFixture.replies()).doesNotHaveDuplicates().hasSizeBetween(MESSAGES - losses * FULL, MESSAGES);
        assertThat(losses).isLessThanOrEqualTo(1);
        if (fault != Fault.KILL_AFTER) {
            assertThat(tickFixture.replies()).hasSize(MESSAGES);
        }
        assertThat(tickFixture.inboxRepository.open("main")).isEmpty();
        assertThat(tickFixture.inboxRepository.standing("main").failure()).isNull();
        assertThat(tickFixture.inboxRepository.standing("main").emptied())
                .isEqualTo(tickFixture.appFixture.clock.instant());
    }

    private static boolean isDeath(Throwable thrown) {
        return thrown instanceof Killed || thrown.getCause() != null && isDeath(thrown.getCause());
    }
}
