package hoopoe.dispatch.send;

import hoopoe.config.Timeouts;
import hoopoe.dispatch.DispatchState;
import hoopoe.dispatch.Lease;
import hoopoe.dispatch.SendResult;
import hoopoe.message.MessageReport;
import hoopoe.message.StatusFact;
import hoopoe.provider.SendOutcome;
import hoopoe.provider.SendOutcome.Accepted;
import hoopoe.provider.SendOutcome.Cause;
import hoopoe.provider.SendOutcome.NotSent;
import hoopoe.provider.SendOutcome.RecipientResult;
import hoopoe.provider.SendOutcome.Rejected;
import hoopoe.provider.SendOutcome.Unconfirmed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Translates the outcome of a send into the result that is stored. */
final class SendResultTranslator {

    private static final Logger LOG = Logger.getLogger(SendResultTranslator.class);

    private SendResultTranslator() {}

    static SendResult of(SendAttempt attempt, SendOutcome outcome, Instant now, Timeouts timeouts) {
        var firstCheck = now.plus(timeouts.firstCheck());
        if (outcome instanceof Accepted accepted) {
            return new SendResult(
                    DispatchState.SUBMITTED,
                    known(attempt.lease(), accepted.reference()),
                    accepted.note().isEmpty() ? null : accepted.note(),
                    null,
                    accepted.cost(),
                    accepted.unsent(),
                    now,
                    firstCheck,
                    lines(attempt, accepted.results()));
        } else if (outcome instanceof Unconfirmed lost) {
            var reference = lost.reference()
                    .filter(named -> attempt.lease().reference() == null)
                    .orElse(null);
            return new SendResult(DispatchState.UNCONFIRMED, reference, lost.code(), lost.text(), now, firstCheck);
        } else if (outcome instanceof Rejected rejected) {
            return new SendResult(DispatchState.REJECTED, null, rejected.code(), rejected.text(), now, now);
        }
        var notSent = (NotSent) outcome;
        var due = due(attempt, notSent.cause(), now, timeouts);
        return new SendResult(DispatchState.ACCEPTED, null, notSent.code(), notSent.text(), now, due);
    }

    /** Waits no longer than the validity, so that the dispatch expires in time. */
    private static Instant due(SendAttempt attempt, Cause cause, Instant now, Timeouts timeouts) {
        var pause =
                switch (cause) {
                    case NO_TIME -> Duration.ZERO;
                    case REFUSED -> timeouts.blocked();
                    case SESSION_DEAD, UNREACHABLE ->
                        timeouts.retry(attempt.lease().attempt());
                };
        var notAfter = attempt.batch().window().notAfter();
        return now.plus(pause).isBefore(notAfter) ? now.plus(pause) : notAfter;
    }

    /** Where we gave the call a reference, it stays, whatever the provider answered. */
    private static @Nullable String known(Lease lease, @Nullable String answered) {
        return lease.reference() == null ? answered : lease.reference();
    }

    private static Map<Integer, MessageReport> lines(SendAttempt attempt, List<RecipientResult> results) {
        var to = attempt.recipients();
        if (!results.isEmpty() && results.size() != to.size()) {
            LOG.errorf("%s: %d results for %d messages", attempt.lease().dispatch(), results.size(), to.size());
            return Map.of();
        }
        var lines = new TreeMap<Integer, MessageReport>();
        for (int i = 0; i < results.size(); i++) {
            lines.put(to.get(i).n(), line(results.get(i)));
        }
        return lines;
    }

    private static MessageReport line(RecipientResult result) {
        return MessageReport.of(result.id())
                .with(new StatusFact(
                        result.state(), null, result.code(), result.text(), null, StatusFact.Source.ANSWER));
    }

    /** What the log says of an answer that could not be written. */
    static String trace(SendOutcome outcome) {
        if (outcome instanceof Accepted accepted) {
            return accepted.trace();
        } else if (outcome instanceof Unconfirmed unconfirmed) {
            return unconfirmed.reference().orElse(unconfirmed.code());
        }
        return outcome instanceof Rejected rejected ? rejected.code() : ((NotSent) outcome).code();
    }
}
