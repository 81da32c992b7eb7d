package hoopoe.schedule;

import static hoopoe.message.MessageState.DELIVERED;
import static hoopoe.message.MessageState.SUBMITTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hoopoe.batch.AppFixture;
import hoopoe.batch.Batch;
import hoopoe.batch.TickFixture;
import hoopoe.batch.create.BatchRequest;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchState;
import hoopoe.message.MessageState;
import hoopoe.prove.MemoryTable;
import hoopoe.provider.Readiness;
import hoopoe.provider.ReportPage;
import hoopoe.provider.ReportQuery;
import hoopoe.testing.FakeProvider;
import hoopoe.testing.Mailbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Workers that tick side by side, in model time: each has a clock of its own, which every call of a provider moves as if as many
 * were made at once as may be. What is counted is calls; nothing is timed.
 */
class PollWorkersTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** In model time, of which all calls of a worker together need a sixteenth each. */
    private static final Duration CALL = Duration.ofSeconds(16);

    /** From the first call until too little time is left for another one, and what is under way then. */
    private static final int FEWEST = 55 - 10 - 5;

    private static final int MOST = 55 - 10 + Tick.CALLS;

    /** In seconds. */
    private static final long LATE = 120;

    private static final String[] SETTINGS = {
        "hoopoe.provider.call-timeout",
        "PT40S",
        "hoopoe.provider.call-margin",
        "PT2S",
        "hoopoe.accounts.main.calls-at-once",
        "128"
    };

    private final TickFixture tickFixture = new TickFixture(new AppFixture(new MemoryTable(), SETTINGS));
    private final AppFixture appFixture = tickFixture.appFixture;

    /** The references that a provider was asked about, by whatever worker. */
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    private Batch admitted(int recipients) {
        appFixture.provider.dispatchSize(1).sending(FakeProvider::accepted);
        return appFixture.admitted(new BatchRequest(
                null,
                "hello",
                null,
                null,
                null,
                null,
                null,
                IntStream.range(0, recipients).mapToObj(AppFixture::entry).toList(),
                false));
    }

    private Batch submitted(int recipients) {
        var batch = admitted(recipients);
        appFixture.dispatchRound.send(
                dispatches(batch).stream().map(Dispatch::id).toList(), tickFixture.deadline());
        assertThat(dispatches(batch)).extracting(Dispatch::state).containsOnly(DispatchState.SUBMITTED);
        return batch;
    }

    private List<Dispatch> dispatches(Batch batch) {
        return appFixture.dispatchRepository.of(batch);
    }

    private int settled(Batch batch) {
        return tickFixture.again(batch).progress().settled().size();
    }

    /** A worker's process, from now on. */
    private TickFixture worker(Duration call, MessageState state) {
        var worker = tickFixture.beside();
        worker.provider.dispatchSize(1).sending(FakeProvider::accepted);
        worker.provider.reportingOf(query -> {
            asked.add(query.reference());
            worker.appFixture.clock.move(call.dividedBy(Tick.CALLS));
            return page(query, state);
        });
        return worker;
    }

    private static ReportPage page(ReportQuery query, MessageState state) {
        int n = Integer.parseInt(query.messages().get(0).to().e164().substring(5));
        return TickFixture.page(1, n, n + 1, false, state, "100");
    }

    /** One minute of so many workers. */
    private List<TickSummary> minute(int workers, Duration call, MessageState state) {
        return IntStream.range(0, workers)
                .mapToObj(n -> worker(call, state).tick(new WorkerShare(n, workers)))
                .toList();
    }

    @Test
    void twoFourAndEightWorkersCheckAsManyTimesMoreAndNoneTwice() {
        submitted(8 * MOST + 125);
        for (int workers : List.of(1, 2, 4, 8)) {
            appFixture.clock.move(Duration.ofHours(3));
            asked.clear();

            minute(workers, CALL, SUBMITTED);

            assertThat(asked).hasSizeBetween(workers * FEWEST, workers * MOST).doesNotHaveDuplicates();
        }
    }

    /** A first worker alone falls behind what eight keep up with. */
    @Test
    void theLagStaysUnderTwoMinutesWhereThereAreWorkersEnough() {
        var call = CALL.multipliedBy(3);
        assertThat(lag(8, 48, call)).isLessThan(LATE);
        assertThat(lag(1, 48, call)).isGreaterThan(LATE);
    }

    /**
     * @return the longest lag in seconds in some minutes with so many new dispatches each, that no callback tells of; these minutes end
     *     where it is too long
     */
    private long lag(int workers, int each, Duration call) {
        long longest = 0;
        for (int minute = 0; minute < 6 && longest <= LATE; minute++) {
            submitted(each);
            appFixture.clock.move(MINUTE);
            longest = Math.max(longest, minute(workers, call, DELIVERED).get(0).oldestSeconds());
        }
        return longest;
    }

    @Test
    void callsOfAllWorkersToAnAccountAreAsManyAsItAllows() {
        for (var limit : List.of(List.of("16", 8, 2), List.of("3", 2, 2), List.of("1", 8, 1), List.of("128", 4, 16))) {
            // So many that every shard has some.
            submitted(80);
            appFixture.clock.move(MINUTE);
            int workers = (int) limit.get(1);
            var settings = SETTINGS.clone();
            settings[settings.length - 1] = (String) limit.get(0);
            var limited = tickFixture.another(settings);
            var busy = new AtomicInteger();
            var most = new AtomicInteger();
            limited.provider.reportingOf(query -> {
                most.accumulateAndGet(busy.incrementAndGet(), Math::max);
                Thread.yield();
                busy.decrementAndGet();
                return page(query, SUBMITTED);
            });

            limited.tick(new WorkerShare(0, workers));

            assertThat(most.get()).as("%s", limit).isBetween(1, (int) limit.get(2));
        }
    }

    @Test
    void whatIsOnceAnAccountIsTheFirstWorkers() {
        var box = new Mailbox(3);
        for (int n = 0; n < 4; n++) {
            var worker = worker(CALL, DELIVERED);
            worker.appFixture.provider.mailbox(box);

            worker.tick(new WorkerShare(n, 4));

            assertThat(box.calls()).isEqualTo(1);
        }
    }

    @Test
    void aWorkerThatRunsTwiceAtOnceSendsAndChecksOnce() throws Exception {
        var checked = submitted(40);
        appFixture.provider.ready(() -> new Readiness.NotYet("login", "", null));
        var held = admitted(40);
        appFixture.clock.move(Duration.ofMinutes(6));
        var both = List.of(worker(Duration.ZERO, DELIVERED), worker(Duration.ZERO, DELIVERED));
        var threads = Executors.newFixedThreadPool(2);
        try {
            for (int n = 0; n < 2; n++) {
                var share = new WorkerShare(n, 2);
                for (var run : both.stream()
                        .map(worker -> threads.submit(() -> worker.tick(share)))
                        .toList()) {
                    assertThat(run.get().failed()).isZero();
                }
            }
        } finally {
            threads.shutdown();
        }

        assertThat(dispatches(held)).extracting(Dispatch::state).containsOnly(DispatchState.SUBMITTED);
        assertThat(both.stream()
                        .flatMap(worker -> worker.provider.sends().stream())
                        .map(order -> order.token()))
                .hasSize(40)
                .doesNotHaveDuplicates();
        assertThat(settled(checked)).isEqualTo(40);
        assertThat(asked).hasSize(40).doesNotHaveDuplicates();
    }

    /** Nobody takes its share meanwhile; the first worker tells how long that waits. */
    @Test
    void aWorkerThatIsLateIsMissedAndCatchesUp() {
        var batch = submitted(40);
        appFixture.clock.move(MINUTE);
        for (int minute = 0; minute < 4; minute++) {
            appFixture.clock.move(MINUTE);
            assertThat(worker(Duration.ZERO, DELIVERED)
                            .tick(new WorkerShare(0, 2))
                            .oldestSeconds())
                    .isEqualTo(60 + 60 * minute);
        }
        int early = settled(batch);
        assertThat(early).isBetween(1, 39);

        assertThat(worker(Duration.ZERO, DELIVERED).tick(new WorkerShare(1, 2)).checked())
                .isEqualTo(40 - early);

        assertThat(settled(batch)).isEqualTo(40);
        assertThat(asked).hasSize(40).doesNotHaveDuplicates();
    }

    /** What it was at is checked when its lease is over, all else by its next tick; the others never notice. */
    @Test
    void aWorkerThatDiesHoldsUpNothingOfTheOthers() {
        var batch = submitted(40);
        appFixture.clock.move(Duration.ofMinutes(2));
        var dying = worker(Duration.ZERO, DELIVERED);
        var calls = new AtomicInteger();
        dying.provider.reportingOf(query -> {
            if (calls.incrementAndGet() > 3) {
                throw new Dead();
            }
            return page(query, DELIVERED);
        });

        assertThatThrownBy(() -> dying.tick(new WorkerShare(1, 2))).isInstanceOf(Dead.class);
        var other = worker(Duration.ZERO, DELIVERED).tick(new WorkerShare(0, 2));

        assertThat(settled(batch)).isEqualTo(other.checked() + 3);
        assertThat(settled(batch)).isLessThan(40);
        for (int minute = 0; minute < 2; minute++) {
            appFixture.clock.move(MINUTE);
            worker(Duration.ZERO, DELIVERED).tick(new WorkerShare(1, 2));
        }
        assertThat(settled(batch)).isEqualTo(40);
    }

    /** No failure that is caught: as if the process were gone. */
    private static final class Dead extends Error {}
}
