package hoopoe.delivery.check;

import static hoopoe.message.MessageState.DELIVERED;
import static hoopoe.message.MessageState.SUBMITTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import hoopoe.batch.TickFixture;
import hoopoe.provider.ReportPage;
import hoopoe.store.table.ConflictRetry.ContentionException;
import hoopoe.testing.FaultyDynamo.Fault;
import hoopoe.testing.FaultyDynamo.Killed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.SdkException;

/** A process dies, or an answer of the table is lost, at every write of a callback and of a check in turn. */
class StatusEvidenceCrashTest {

    private static final Instant AT = Instant.parse("2026-03-01T04:00:40Z");

    static Stream<Arguments> callbackFaults() {
        return faults(3, Fault.values());
    }

    /** To die after a write is to die before the next. */
    static Stream<Arguments> checkFaults() {
        return faults(11, Fault.KILL_AFTER, Fault.LOST, Fault.CONFLICT);
    }

    private static Stream<Arguments> faults(int writes, Fault... faults) {
        return Stream.of(faults)
                .flatMap(fault -> IntStream.rangeClosed(1, writes).mapToObj(k -> Arguments.of(fault, k)));
    }

    /** Put, named by its echo, counted. */
    @ParameterizedTest
    @MethodSource("callbackFaults")
    void aCallbackThatIsRepeatedUntilItIsAnsweredIsJoined(Fault fault, int k) {
        var tickFixture = new TickFixture();
        var batch = tickFixture.lost(1);
        var callback = TickFixture.delivery(
                "ref", 0, DELIVERED, "100", tickFixture.dispatch(batch).token());

        tickFixture.appFixture.faults.at(k, fault);
        var answered = run(() -> tickFixture.calledBack(callback));
        assertThat(tickFixture.appFixture.faults.writes()).isGreaterThanOrEqualTo(k);
        tickFixture.appFixture.faults.heal();
        if (!answered) {
            tickFixture.calledBack(callback);
        }
        tickFixture.appFixture.clock.move(Duration.ofMinutes(2));
        tickFixture.tick();

        assertThat(tickFixture.dispatch(batch).checks().counts()).isEqualTo(Map.of("delivered", 1));
        assertThat(tickFixture.dispatch(batch).due()).isNull();
        assertThat(tickFixture.again(batch).progress().settled()).containsExactly(0);
    }

    /** Begun; a reply of an event assigned, joined, adopted; two pages with a reply; checkpoint; settled; left. */
    @ParameterizedTest
    @MethodSource("checkFaults")
    void aCheckThatDiesLosesAndDoublesNothing(Fault fault, int k) {
        var tickFixture = new TickFixture();
        tickFixture.calledBack(TickFixture.reply("ref", 0, "early", AT));
        var batch = tickFixture.submitted(3, "ref");
        tickFixture.provider.reporting((reference, page) -> page == 1
                ? new ReportPage(
                        3,
                        List.of(
                                TickFixture.row(0, DELIVERED, "100", new ReportPage.ReplyRow(AT, "early")),
                                TickFixture.row(1, SUBMITTED, "0", new ReportPage.ReplyRow(AT, "late"))),
                        true)
                : new ReportPage(
                        3, List.of(TickFixture.row(2, DELIVERED, "100"), TickFixture.row(1, DELIVERED, "100")), false));
        tickFixture.appFixture.clock.move(Duration.ofMinutes(1));

        tickFixture.appFixture.faults.at(k, fault);
        run(() -> tickFixture.check(batch));
        assertThat(tickFixture.appFixture.faults.writes()).isGreaterThanOrEqualTo(k);
        tickFixture.appFixture.faults.heal();
        for (int i = 0; i < 3; i++) {
            tickFixture.appFixture.clock.move(Duration.ofMinutes(6));
            tickFixture.tick();
        }

        assertThat(tickFixture.dispatch(batch).checks().counts()).isEqualTo(Map.of("delivered", 3));
        assertThat(tickFixture.dispatch(batch).due()).isNull();
        assertThat(tickFixture.dispatch(batch).checks().page()).isZero();
        assertThat(tickFixture.again(batch).progress().settled()).containsExactly(0);
        assertThat(tickFixture.replies())
                .extracting(reply -> reply.message() + reply.sms().text())
                .containsExactlyInAnyOrder("0early", "1late");
        assertThat(tickFixture.report(batch).line(0).replies()).hasSize(1);
        assertThat(tickFixture.report(batch).line(1).replies()).hasSize(1);
        assertThat(tickFixture.report(batch).line(1).history().facts()).hasSize(2);
    }

    /** @return whether its caller saw it succeed */
    private static boolean run(Runnable work) {
        var thrown = catchThrowable(work::run);
        assertThat(thrown)
                .satisfiesAnyOf(
                        none -> assertThat(none).isNull(),
                        dead -> assertThat(dead).isInstanceOf(Killed.class),
                        busy -> assertThat(busy).isInstanceOf(ContentionException.class),
                        failed -> assertThat(failed).isInstanceOf(SdkException.class));
        return thrown == null;
    }
}
