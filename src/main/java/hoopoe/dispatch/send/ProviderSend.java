package hoopoe.dispatch.send;

import hoopoe.account.Account;
import hoopoe.batch.Batch;
import hoopoe.batch.Recipient;
import hoopoe.config.Timeouts;
import hoopoe.delivery.check.MessageMetrics;
import hoopoe.dispatch.Lease;
import hoopoe.dispatch.Reservation;
import hoopoe.dispatch.send.Dispatcher.DispatchOutcome;
import hoopoe.observability.LogContext;
import hoopoe.observability.SafeStackTrace;
import hoopoe.provider.Deadline;
import hoopoe.provider.Providers;
import hoopoe.provider.Readiness;
import hoopoe.provider.SendOutcome;
import hoopoe.provider.SendOutcome.Cause;
import hoopoe.provider.SendOutcome.NotSent;
import hoopoe.provider.SendOutcome.Unconfirmed;
import hoopoe.store.dispatch.SendResultRepository;
import hoopoe.store.dispatch.SendResultRepository.Recorded;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
    DispatchOutcome send(
            Batch batch,
            Lease lease,
            List<Recipient> recipients,
            Account account,
            Readiness.Ready ready,
            Deadline deadline) {
        return LogContext.of(batch.correlation())
                .account(account.name())
                .batch(batch.id())
                .dispatch(lease.dispatch().n())
                .follow(() -> sent(batch, lease, recipients, account, ready, deadline));
    }

    private DispatchOutcome sent(
            Batch batch,
            Lease lease,
            List<Recipient> recipients,
            Account account,
            Readiness.Ready ready,
            Deadline deadline) {
        var outcome = call(batch, lease, recipients, account, ready, deadline);
        if (outcome instanceof NotSent notSent) {
            return release(batch, lease, stake(lease, account, recipients), notSent, deadline);
        }
        var recorded = record(lease, recipients, account, outcome, deadline);
        if (recorded == Recorded.REFERENCE_HELD) {
            LOG.errorf(
                    "reference of %s is held by another dispatch: %s",
                    lease.dispatch(), SendResultTranslator.trace(outcome));
            recorded = unconfirm(
                    lease,
                    recipients.size(),
                    account,
                    new Unconfirmed("reference_held", "the reference is another dispatch's", Optional.empty()),
                    deadline);
        }
        if (recorded == Recorded.MOVED_ON
                && outcome instanceof Unconfirmed lost
                && lost.reference().isEmpty()) {
            LOG.infof("%s is known already, although its answer was lost (%s)", lease.dispatch(), lost.code());
        } else if (recorded != Recorded.DONE) {
            // The log keeps the only trace of the answer.
            LOG.errorf(
                    "answer of %s not written (%s): %s",
                    lease.dispatch(), recorded, SendResultTranslator.trace(outcome));
        }
        return outcome instanceof Unconfirmed unconfirmed && unconfirmed.code().equals("timeout")
                ? DispatchOutcome.AWAY
                : DispatchOutcome.DONE;
    }

    /** An adapter must not throw; where it does, it is not known how far the call came. */
    private SendOutcome call(
            Batch batch,
            Lease lease,
            List<Recipient> recipients,
            Account account,
            Readiness.Ready ready,
            Deadline deadline) {
        var order = SendOrderFactory.of(batch, lease, recipients, clock.instant());
        try {
            return providers.of(account).send(account, ready, order, deadline);
        } catch (RuntimeException | VirtualMachineError e) {
            messageMetrics.internal();
            LOG.errorf("send of %s threw %s", lease.dispatch(), SafeStackTrace.of(e));
            return new Unconfirmed("internal", "the adapter failed", Optional.empty());
        }
    }

    private Recorded record(Lease lease, List<Recipient> to, Account account, SendOutcome outcome, Deadline deadline) {
        var answer = SendResultTranslator.of(account, lease, to, outcome, clock.instant());
        if (answer.isPresent()) {
            var recorded = sendResultRepository.answer(lease, answer.get(), firstCheck(), left(deadline));
            return counted(recorded, () -> messageMetrics.answered(answer.get(), to.size()));
        } else if (outcome instanceof SendOutcome.Rejected rejected) {
            var recorded = sendResultRepository.reject(
                    lease, clock.instant(), rejected.code(), rejected.text(), left(deadline));
            return counted(recorded, () -> messageMetrics.rejected(account.name(), rejected.code(), to.size()));
        } else if (outcome instanceof Unconfirmed unconfirmed) {
            return unconfirm(lease, to.size(), account, unconfirmed, deadline);
        }
        throw new IllegalStateException("a fifth way for a send to end");
    }

    private Recorded unconfirm(Lease lease, int messages, Account account, Unconfirmed lost, Deadline deadline) {
        var recorded = sendResultRepository.unconfirm(
                lease, clock.instant(), firstCheck(), lost.code(), lost.text(), left(deadline));
        return counted(recorded, () -> messageMetrics.unconfirmed(account.name(), messages));
    }

    private static Recorded counted(Recorded recorded, Runnable count) {
        if (recorded == Recorded.DONE) {
            count.run();
        }
        return recorded;
    }

    private DispatchOutcome release(
            Batch batch, Lease lease, Reservation reservation, NotSent notSent, Deadline deadline) {
        var now = clock.instant();
        var due = now.plus(pause(notSent.cause(), lease.attempt()));
        var recorded = sendResultRepository.release(
                lease,
                reservation,
                due.isBefore(batch.window().notAfter()) ? due : batch.window().notAfter(),
                notSent.code(),
                notSent.text(),
                left(deadline));
        if (recorded != Recorded.DONE) {
            LOG.errorf("release of %s not written (%s): %s", lease.dispatch(), recorded, notSent.code());
            return DispatchOutcome.AWAY;
        }
        return notSent.cause() == Cause.SESSION_DEAD ? DispatchOutcome.AGAIN : DispatchOutcome.AWAY;
    }

    /** What the claim reserved. */
    private Reservation stake(Lease lease, Account account, List<Recipient> to) {
        return new ReservationFactory(account, providers.of(account).capabilities(account))
                .of(lease.dispatch(), lease.resends(), to);
    }

    private Duration pause(Cause cause, int attempt) {
        return switch (cause) {
            case NO_TIME -> Duration.ZERO;
            case REFUSED -> timeouts.latched();
            case SESSION_DEAD, UNREACHABLE -> timeouts.retry(attempt);
        };
    }

    private Instant firstCheck() {
        return clock.instant().plus(timeouts.firstCheck());
    }

    private static Duration left(Deadline deadline) {
        var left = deadline.left().minus(LAST_WORD);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
