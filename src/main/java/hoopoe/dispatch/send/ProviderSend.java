package hoopoe.dispatch.send;

import hoopoe.config.Timeouts;
import hoopoe.delivery.check.MessageMetrics;
import hoopoe.dispatch.DispatchId;
import hoopoe.dispatch.Reservation;
import hoopoe.dispatch.send.Dispatcher.DispatchOutcome;
import hoopoe.observability.LogContext;
import hoopoe.observability.SafeStackTrace;
import hoopoe.provider.Deadline;
import hoopoe.provider.Providers;
import hoopoe.provider.SendOutcome;
import hoopoe.provider.SendOutcome.Cause;
import hoopoe.provider.SendOutcome.NotSent;
import hoopoe.provider.SendOutcome.Unconfirmed;
import hoopoe.store.dispatch.SendResultRepository;
import hoopoe.store.dispatch.SendResultRepository.Recorded;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Makes the provider call of a claimed dispatch, and writes the result. */
@ApplicationScoped
public class ProviderSend {

    private static final Logger LOG = Logger.getLogger(ProviderSend.class);

    /** Time that the function needs for itself after the last try to write the result. */
    private static final Duration LAST_WORD = Duration.ofMillis(500);

    private final Providers providers;
    private final SendResultRepository sendResultRepository;
    private final Timeouts timeouts;
    private final MessageMetrics messageMetrics;
    private final Clock clock;

    public ProviderSend(
            Providers providers,
            SendResultRepository sendResultRepository,
            Timeouts timeouts,
            MessageMetrics messageMetrics,
            Clock clock) {
        this.providers = providers;
        this.sendResultRepository = sendResultRepository;
        this.timeouts = timeouts;
        this.messageMetrics = messageMetrics;
        this.clock = clock;
    }

    /** Sends once. Never throws because of the provider. */
    DispatchOutcome send(SendAttempt attempt, Deadline deadline) {
        return LogContext.of(attempt.batch().correlation())
                .account(attempt.account().name())
                .batch(attempt.batch().id())
                .dispatch(attempt.lease().dispatch().n())
                .follow(() -> sent(attempt, deadline));
    }

    private DispatchOutcome sent(SendAttempt attempt, Deadline deadline) {
        var dispatch = attempt.lease().dispatch();
        var reservation = reservation(attempt);
        var outcome = call(attempt, deadline);
        var recorded = write(attempt, reservation, outcome, deadline);
        if (recorded == Recorded.REFERENCE_HELD) {
            LOG.errorf(
                    "reference of %s is held by another dispatch: %s", dispatch, SendResultTranslator.trace(outcome));
            var held = new Unconfirmed("reference_held", "the reference is another dispatch's", Optional.empty());
            recorded = write(attempt, reservation, held, deadline);
        }
        if (outcome instanceof NotSent notSent) {
            return released(dispatch, notSent, recorded);
        } else if (recorded == Recorded.MOVED_ON
                && outcome instanceof Unconfirmed lost
                && lost.reference().isEmpty()) {
            LOG.infof("%s is known already, although its answer was lost (%s)", dispatch, lost.code());
        } else if (recorded != Recorded.DONE) {
            // The log keeps the only trace of the answer.
            LOG.errorf("answer of %s not written (%s): %s", dispatch, recorded, SendResultTranslator.trace(outcome));
        }
        return outcome instanceof Unconfirmed unconfirmed && unconfirmed.code().equals("timeout")
                ? DispatchOutcome.AWAY
                : DispatchOutcome.DONE;
    }

    /** An adapter must not throw; where it does, it is not known how far the call came. */
    private SendOutcome call(SendAttempt attempt, Deadline deadline) {
        var account = attempt.account();
        var order = SendOrderFactory.of(attempt.batch(), attempt.lease(), attempt.recipients(), clock.instant());
        try {
            return providers.of(account).send(account, attempt.ready(), order, deadline);
        } catch (RuntimeException | VirtualMachineError e) {
            messageMetrics.internal();
            LOG.errorf("send of %s threw %s", attempt.lease().dispatch(), SafeStackTrace.of(e));
            return new Unconfirmed("internal", "the adapter failed", Optional.empty());
        }
    }

    private Recorded write(SendAttempt attempt, Reservation reservation, SendOutcome outcome, Deadline deadline) {
        var sendResult = SendResultTranslator.of(attempt, outcome, clock.instant(), timeouts);
        var recorded = sendResultRepository.write(attempt.lease(), reservation, sendResult, left(deadline));
        if (recorded == Recorded.DONE) {
            messageMetrics.sent(
                    attempt.account().name(), sendResult, attempt.recipients().size());
        }
        return recorded;
    }

    private static DispatchOutcome released(DispatchId dispatch, NotSent notSent, Recorded recorded) {
        if (recorded != Recorded.DONE) {
            LOG.errorf("release of %s not written (%s): %s", dispatch, recorded, notSent.code());
            return DispatchOutcome.AWAY;
        }
        return notSent.cause() == Cause.SESSION_DEAD ? DispatchOutcome.AGAIN : DispatchOutcome.AWAY;
    }

    /** What the claim reserved. */
    private Reservation reservation(SendAttempt attempt) {
        var account = attempt.account();
        return new ReservationFactory(account, providers.of(account).capabilities(account))
                .of(attempt.lease().dispatch(), attempt.lease().resends(), attempt.recipients());
    }

    private static Duration left(Deadline deadline) {
        var left = deadline.left().minus(LAST_WORD);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
