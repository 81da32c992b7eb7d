package hoopoe.dispatch.send;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.batch.AppFixture;
import hoopoe.batch.Batch;
import hoopoe.batch.create.BatchRequest;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchState;
import hoopoe.provider.Readiness;
import hoopoe.provider.SendOutcome;
import hoopoe.testing.FakeProvider;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two accounts in one round. */
class DispatchRoundTest {

    private static final int EACH = 12;

    /** Calls of one account at a time. */
    private static final int CALLS = 4;

    private final AppFixture appFixture =
            new AppFixture("hoopoe.accounts.other.provider", FakeProvider.TYPE, "hoopoe.default-account", "main");

    @BeforeEach
    void oneMessageADispatch() {
        appFixture.provider.dispatchSize(1).sending(FakeProvider::accepted);
    }

    private Batch admitted(String account) {
        var to = IntStream.range(0, EACH).mapToObj(AppFixture::entry).toList();
        return appFixture.admitted(new BatchRequest(account, "hello", null, null, null, null, null, to, false));
    }

    private List<Dispatch> dispatches(Batch... batches) {
        return Stream.of(batches)
                .flatMap(batch -> appFixture.dispatchRepository.of(batch).stream())
                .toList();
    }

    @Test
    void anAccountThatIsAwayIsLeftAloneAndTheOtherIsSent() {
        var away = admitted("main");
        var other = admitted("other");
        appFixture.provider.readyOf(account ->
                account.name().equals("other") ? new Readiness.Ready("key") : new Readiness.NotYet("away", "", null));

        var unprocessed = appFixture.dispatchRound.sendSeen(
                dispatches(away, other), appFixture.deadline(), DispatchRound.scheduler(account -> 16));

        assertThat(dispatches(other)).extracting(Dispatch::state).containsOnly(DispatchState.SUBMITTED);
        assertThat(dispatches(away)).extracting(Dispatch::state).containsOnly(DispatchState.ACCEPTED);
        assertThat(unprocessed.failed()).isEmpty();
        assertThat(unprocessed.left()).hasSizeGreaterThanOrEqualTo(EACH - CALLS).allSatisfy(id -> assertThat(id.batch())
                .isEqualTo(away.id()));
    }

    @Test
    void aSlowAccountDelaysOnlyItself() {
        var slow = admitted("main");
        var other = admitted("other");
        var sent = new CountDownLatch(EACH);
        appFixture.provider.sending(order -> {
            if (order.token().startsWith(slow.id().substring(Batch.PREFIX.length()))) {
                assertThat(isThere(sent)).isTrue();
            } else {
                sent.countDown();
            }
            return FakeProvider.accepted(order);
        });

        var unprocessed = appFixture.dispatchRound.sendSeen(
                dispatches(slow, other), appFixture.deadline(), DispatchRound.scheduler(account -> 16));

        assertThat(dispatches(slow, other)).extracting(Dispatch::state).containsOnly(DispatchState.SUBMITTED);
        assertThat(unprocessed.left()).isEmpty();
    }

    private static boolean isThere(CountDownLatch latch) {
        try {
            return latch.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whereASessionStaysDeadTheRestOfTheAccountIsLeft() {
        appFixture.provider.ready(() -> new Readiness.NotYet("login", "", null));
        var batch = admitted("main");
        appFixture
                .provider
                .ready(() -> new Readiness.Ready("key"))
                .sending(order -> new SendOutcome.NotSent(SendOutcome.Cause.SESSION_DEAD, "-301", ""));

        var unprocessed = appFixture.dispatchRound.sendSeen(
                dispatches(batch), appFixture.deadline(), DispatchRound.scheduler(account -> 1));

        assertThat(appFixture.provider.sends()).hasSize(2);
        assertThat(unprocessed.left()).hasSize(EACH - 1);
    }

    /** Our own failure stops one dispatch for a pause, and no other. */
    @Test
    void whatWeCannotLookAfterIsPutOffAndTheOthersAreSent() {
        appFixture.provider.ready(() -> new Readiness.NotYet("login", "", null));
        var batch = admitted("main");
        var asked = new AtomicInteger();
        appFixture.provider.ready(() -> {
            if (asked.incrementAndGet() == 1) {
                throw new IllegalStateException("ours");
            }
            return new Readiness.Ready("key");
        });

        var unprocessed = appFixture.dispatchRound.sendSeen(
                dispatches(batch), appFixture.deadline(), DispatchRound.scheduler(account -> 1));

        assertThat(unprocessed.left()).isEmpty();
        assertThat(unprocessed.failed()).singleElement().satisfies(id -> {
            var failed = appFixture.dispatch(batch, id.n());
            assertThat(failed.state()).isEqualTo(DispatchState.ACCEPTED);
            assertThat(failed.submission().code()).isEqualTo("internal");
            assertThat(failed.due()).isAfter(appFixture.clock.instant());
        });
        assertThat(dispatches(batch).stream().filter(one -> one.state() == DispatchState.SUBMITTED))
                .hasSize(EACH - 1);
    }
}
