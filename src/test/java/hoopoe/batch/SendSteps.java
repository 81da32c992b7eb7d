package hoopoe.batch;

import hoopoe.batch.create.BatchRequest;
import hoopoe.delivery.check.ResultsTest;
import hoopoe.dispatch.DispatchState;
import hoopoe.dispatch.send.ReservationTest;
import hoopoe.provider.Readiness;
import hoopoe.provider.SendOutcome;
import hoopoe.provider.SendOutcome.Cause;
import hoopoe.testing.FakeProvider;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** How a send goes where nothing fails. */
enum SendSteps {
    ONE(1, DispatchState.SUBMITTED),
    /** The second recipient is turned down, and stored before all else. */
    ONE_OF_TWO(1, DispatchState.SUBMITTED) {
        @Override
        BatchRequest request() {
            return AppFixture.request("hello", List.of(AppFixture.entry(0), AppFixture.entry("nobody")));
        }
    },
    /** There is no session yet when the call comes. */
    ONE_LATER(1, DispatchState.SUBMITTED) {
        @Override
        void prepare(AppFixture appFixture) {
            var asked = new AtomicInteger();
            appFixture.provider.ready(() -> asked.incrementAndGet() == 1
                    ? new Readiness.NotYet("login", "", null)
                    : new Readiness.Ready("key"));
        }
    },
    /** The session is dead: proof, release, a new claim. */
    ONE_AGAIN(1, DispatchState.SUBMITTED) {
        @Override
        void prepare(AppFixture appFixture) {
            first(appFixture, Cause.SESSION_DEAD);
        }
    },
    /** The provider is away: proof, release, and a tick sends. */
    ONE_UNREACHED(1, DispatchState.SUBMITTED) {
        @Override
        void prepare(AppFixture appFixture) {
            first(appFixture, Cause.UNREACHABLE);
        }
    },
    ONE_REFUSED(1, DispatchState.REJECTED) {
        @Override
        void prepare(AppFixture appFixture) {
            appFixture.provider.sending(order -> new SendOutcome.Rejected("-306", ""));
        }
    },
    ONE_LOST(1, DispatchState.UNCONFIRMED) {
        @Override
        void prepare(AppFixture appFixture) {
            appFixture.provider.sending(order -> FakeProvider.lost());
        }
    },
    /** Its answer proves nothing and names a reference. */
    ONE_UNCLEAR(1, DispatchState.UNCONFIRMED) {
        @Override
        void prepare(AppFixture appFixture) {
            appFixture.provider.sending(
                    order -> new SendOutcome.Unconfirmed("-12.50", "", Optional.of("ref-" + order.token())));
        }
    },
    /** Its answer is one a message: taken, in doubt, refused. */
    THREE_ANSWERED(3, DispatchState.SUBMITTED) {
        @Override
        void prepare(AppFixture appFixture) {
            appFixture.provider.sending(order -> FakeProvider.answered(ResultsTest.MIXED));
        }
    },
    /** It answers a received message, under a reference of ours. */
    CHARGED(1, DispatchState.SUBMITTED) {
        @Override
        void prepare(AppFixture appFixture) {
            appFixture.provider.ownReference(14);
        }

        @Override
        BatchRequest request() {
            return ReservationTest.answering("4711");
        }
    },
    /** The same, where the provider is away at first. */
    CHARGED_UNREACHED(1, DispatchState.SUBMITTED) {
        @Override
        void prepare(AppFixture appFixture) {
            appFixture.provider.ownReference(14);
            first(appFixture, Cause.UNREACHABLE);
        }

        @Override
        BatchRequest request() {
            return ReservationTest.answering("4711");
        }
    },
    TWELVE_HUNDRED(1200, DispatchState.SUBMITTED),
    TWELVE_HUNDRED_WITHOUT_STREAM(1200, DispatchState.SUBMITTED),
    /** As twelve hundred, with one dispatch less. */
    TWO_WITHOUT_STREAM(2, DispatchState.SUBMITTED) {
        @Override
        void prepare(AppFixture appFixture) {
            appFixture.provider.dispatchSize(1);
        }
    };

    private final int recipients;
    private final DispatchState end;

    SendSteps(int recipients, DispatchState end) {
        this.recipients = recipients;
        this.end = end;
    }

    BatchRequest request() {
        return AppFixture.to(recipients);
    }

    void prepare(AppFixture appFixture) {}

    DispatchState end() {
        return end;
    }

    boolean hasStream() {
        return !name().endsWith("WITHOUT_STREAM");
    }

    private static void first(AppFixture appFixture, Cause cause) {
        var sends = new AtomicInteger();
        appFixture.provider.sending(order -> sends.incrementAndGet() == 1
                ? new SendOutcome.NotSent(cause, "why", "")
                : FakeProvider.accepted(order));
    }
}
