package hoopoe.dispatch.decision;

import hoopoe.batch.Batch;
import hoopoe.config.Timeouts;
import hoopoe.delivery.check.StatusEvidence;
import hoopoe.dispatch.DecisionRecord;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchId;
import hoopoe.dispatch.decision.DecisionOutcome.DecisionRefused;
import hoopoe.dispatch.send.Dispatcher;
import hoopoe.observability.Metrics;
import hoopoe.provider.Deadline;
import hoopoe.store.batch.IdempotencyKey;
import hoopoe.store.dispatch.DecisionRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Sends an unconfirmed dispatch again: an operator knows that it was not sent. */
@ApplicationScoped
public class DispatchResend {

    private static final Logger LOG = Logger.getLogger(DispatchResend.class);

    private final DecisionLoop decisionLoop;
    private final DecisionRepository decisionRepository;
    private final StatusEvidence statusEvidence;
    private final Dispatcher dispatcher;
    private final Timeouts timeouts;
    private final Metrics metrics;
    private final Clock clock;

    public DispatchResend(
            DecisionLoop decisionLoop,
            DecisionRepository decisionRepository,
            StatusEvidence statusEvidence,
            Dispatcher dispatcher,
            Timeouts timeouts,
            Metrics metrics,
            Clock clock) {
        this.decisionLoop = decisionLoop;
        this.decisionRepository = decisionRepository;
        this.statusEvidence = statusEvidence;
        this.dispatcher = dispatcher;
        this.timeouts = timeouts;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * It was not sent, and shall be: at once, if possible.
     *
     * @param deadline the end of the invocation
     */
    public DecisionOutcome resend(
            Batch batch, int n, OperatorDecision operatorDecision, Optional<IdempotencyKey> claim, Deadline deadline) {
        return decisionLoop.earlier(batch, claim).orElseGet(() -> {
            var outcome = decisionLoop.settle(batch, n, claim, seen -> resend(batch, seen, operatorDecision, claim));
            if (outcome instanceof DecisionOutcome.DecisionMade) {
                follow(new DispatchId(batch.id(), n), deadline);
            }
            return outcome;
        });
    }

    private Optional<DecisionOutcome> resend(
            Batch batch, Dispatch seen, OperatorDecision operatorDecision, Optional<IdempotencyKey> claim) {
        var now = clock.instant();
        var free = free(seen);
        if (batch.progress().erase() != null) {
            return Optional.of(DecisionLoop.takenBack());
        } else if (!now.isBefore(batch.window().notAfter())) {
            return DecisionLoop.refused(
                    "too_late_to_resend",
                    "It would have had to be sent before " + batch.window().notAfter() + '.');
        } else if (now.isBefore(free)) {
            return Optional.of(new DecisionRefused(
                    "too_early_to_resend",
                    "Until " + free + " the earlier try may still be in progress.",
                    Duration.between(now, free)));
        } else if (statusEvidence.isTold(seen)) {
            return DecisionLoop.refused(
                    "provider_has_it", "The provider has reported it; the next check will show its state.");
        }
        var decisionRecord = decisionLoop.audit(seen, DecisionRecord.DecisionKind.RESENT, operatorDecision);
        return decisionLoop.outcome(
                batch,
                claim,
                decisionLoop.logged(seen, decisionRecord, decisionRepository.resend(seen, decisionRecord, claim)));
    }

    /** From then on no function can still be sending it, whichever claimed it last. */
    private Instant free(Dispatch seen) {
        var claimed = Objects.requireNonNullElse(
                seen.tries().claimed(), seen.lifetime().created());
        return claimed.plus(timeouts.longestFunction()).plus(timeouts.lease());
    }

    /** The decision is stored. If sending fails now, the tick sends it. */
    private void follow(DispatchId id, Deadline deadline) {
        try {
            dispatcher.dispatch(id, deadline);
        } catch (RuntimeException | VirtualMachineError e) {
            metrics.internal(1);
            LOG.errorf(e, "%s is left to the tick", id);
        }
    }
}
