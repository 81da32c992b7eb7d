package hoopoe.event.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import hoopoe.batch.AppFixture;
import hoopoe.batch.Batch;
import hoopoe.batch.TickFixture;
import hoopoe.batch.view.MessageReader;
import hoopoe.batch.view.MessageView;
import hoopoe.message.MessageState;
import hoopoe.provider.ReportPage;
import hoopoe.provider.SendOutcome;
import hoopoe.testing.DynamoHook;
import hoopoe.testing.FakeProvider;
import hoopoe.testing.FaultyDynamo.Fault;
import hoopoe.testing.FaultyDynamo.Killed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random histories of batches: callbacks twice and out of order, stream records twice, late and lost, ticks, workers that die or meet
 * another at any write or call of a sink, sinks that are down. In the end a listener who folds what they got knows what {@code GET}
 * shows, however it went.
 */
class EventHistoryTest {

    private static final int STEPS = 25;
    private static final List<MessageState> FACTS =
            List.of(MessageState.SUBMITTED, MessageState.UNDELIVERED, MessageState.DELIVERED, MessageState.EXPIRED);

    static IntStream seeds() {
        return IntStream.rangeClosed(1, Integer.getInteger("hoopoe.seeds", 12));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whoFoldsTheEventsKnowsWhatGetShows(int seed) {
        new History(seed).run();
    }

    /** One history: all that is random comes from its seed. */
    private static final class History {

        private final Random random;
        private final AppFixture appFixture = new AppFixture(DynamoHook.client(request -> {
            if (isBusy() && oneIn(12)) {
                meanwhile();
            }
        }));
        private final TickFixture tickFixture = new TickFixture(appFixture);
        private final List<Batch> batches = new ArrayList<>();
        private final Map<String, Integer> sizes = new TreeMap<>();
        private Batch at;
        private boolean busy;
        private boolean nested;

        History(int seed) {
            random = new Random(seed);
            appFixture.listener.listening();
            appFixture.listener.before(events -> {
                if (oneIn(6)) {
                    throw new Killed();
                } else if (oneIn(4)) {
                    meanwhile();
                }
            });
            tickFixture.provider.reporting((reference, page) -> new ReportPage(
                    1, oneIn(3) ? List.of(TickFixture.row(random.nextInt(3), fact(), "7")) : List.of(), false));
        }

        void run() {
            for (int i = 0; i < STEPS; i++) {
                step();
            }
            settle();
            var fold = EventFold.of(appFixture.listener.taken());
            var shown = new TreeMap<String, String>();
            batches.forEach(batch -> {
                messages(batch).forEach(message -> shown.put(message.id(), message.state()));
                assertThat(tickFixture.dispatch(batch).due()).isNull();
            });
            var told = fold.states();
            batches.forEach(
                    batch -> assertThat(told.remove(batch.id())).as("finished").isNotNull());
            assertThat(told).isEqualTo(shown);
        }

        private void step() {
            if (batches.isEmpty() || oneIn(8)) {
                send();
                return;
            }
            var batch = batches.get(random.nextInt(batches.size()));
            at = batch;
            switch (random.nextInt(8)) {
                case 0 -> appFixture.clock.move(Duration.ofSeconds(random.nextInt(200)));
                case 1 -> appFixture.listener.down(oneIn(2));
                case 2, 3 -> faulty(() -> calledBack(batch));
                case 4 -> faulty(tickFixture::tick);
                default -> faulty(() -> join(batch));
            }
        }

        private boolean isBusy() {
            return busy && !nested;
        }

        /** A worker: it may meet a fault at one of its writes. */
        private void faulty(Runnable work) {
            if (oneIn(2)) {
                var faults = List.of(Fault.KILL_BEFORE, Fault.KILL_AFTER, Fault.LOST, Fault.CONFLICT);
                appFixture.faults.at(1 + random.nextInt(7), faults.get(random.nextInt(faults.size())));
            }
            busy = true;
            var thrown = catchThrowable(work::run);
            busy = false;
            assertThat(thrown == null || thrown instanceof Killed || thrown instanceof RuntimeException)
                    .as("%s", thrown)
                    .isTrue();
            appFixture.faults.heal();
        }

        /** Another worker, while the first is at work. */
        private void meanwhile() {
            if (!nested && !batches.isEmpty()) {
                nested = true;
                appFixture.clock.move(Duration.ofMillis(1 + random.nextInt(2000)));
                try {
                    var batch = oneIn(3) ? batches.get(random.nextInt(batches.size())) : at;
                    if (oneIn(2)) {
                        calledBack(batch);
                    }
                    join(batch);
                } finally {
                    appFixture.clock.move(Duration.ofMillis(1 + random.nextInt(2000)));
                    nested = false;
                }
            }
        }

        private void send() {
            var reference = "ref" + batches.size();
            appFixture.provider.sending(order -> switch (random.nextInt(6)) {
                case 0 -> new SendOutcome.Rejected("-306", "no");
                case 1 -> new SendOutcome.Unconfirmed("overdrawn", "", Optional.of(reference));
                default -> FakeProvider.accepted(reference);
            });
            int size = 1 + random.nextInt(3);
            var batch = appFixture.admitted(AppFixture.to(size));
            batches.add(batch);
            sizes.put(batch.id(), size);
        }

        private void calledBack(Batch batch) {
            var n = random.nextInt(sizes.get(batch.id()));
            tickFixture.calledBack(
                    TickFixture.delivery("ref" + batches.indexOf(batch), n, fact(), String.valueOf(random.nextInt(3))));
        }

        private void join(Batch batch) {
            tickFixture.dispatchCheck.join(TickFixture.id(batch), settled -> {}, tickFixture.deadline());
        }

        /** Everything works again, and time goes on until nothing is due. */
        private void settle() {
            appFixture.listener.down(false);
            appFixture.listener.before(events -> {});
            for (int i = 0; i < 60 && anyDue(); i++) {
                appFixture.clock.move(i < 4 ? Duration.ofMinutes(3) : Duration.ofHours(12));
                tickFixture.tick();
            }
        }

        private boolean anyDue() {
            return batches.stream()
                    .anyMatch(batch -> tickFixture.dispatch(batch).due() != null);
        }

        private List<MessageView> messages(Batch batch) {
            return appFixture
                    .beans
                    .get(MessageReader.class)
                    .page(tickFixture.again(batch), new MessageReader.MessageQuery(null, null, true, 0, 100))
                    .messages();
        }

        private MessageState fact() {
            return FACTS.get(random.nextInt(FACTS.size()));
        }

        private boolean oneIn(int n) {
            return random.nextInt(n) == 0;
        }
    }
}
