package hoopoe.delivery.check;

import hoopoe.batch.Batch;
import hoopoe.batch.Recipient;
import hoopoe.delivery.DeliveryReport;
import hoopoe.delivery.EffectiveStatus;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchState;
import hoopoe.dispatch.SendResult;
import hoopoe.message.MessageReport;
import hoopoe.message.MessageState;
import hoopoe.message.StatusFact;
import hoopoe.observability.Metric;
import hoopoe.observability.Metrics;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Counts in the metrics what became of messages: each time after the write that made it so, and only if it was this write. */
@ApplicationScoped
public class MessageMetrics {

    private final Metrics metrics;
    private final Clock clock;

    public MessageMetrics(Metrics metrics, Clock clock) {
        this.metrics = metrics;
        this.clock = clock;
    }

    public void accepted(Batch batch) {
        metrics.count(Metric.MESSAGES_ACCEPTED, batch.account(), batch.accepted());
    }

    public void unconfirmed(String account, int messages) {
        metrics.count(Metric.MESSAGES_UNCONFIRMED, account, messages);
    }

    public void submitted(String account, int messages) {
        metrics.count(Metric.MESSAGES_SUBMITTED, account, messages);
    }

    public void rejected(String account, String code, int messages) {
        metrics.failed(account, code, messages);
    }

    /** Counts a failure of ours that is not passed on. */
    public void internal() {
        metrics.internal(1);
    }

    /** Counts a dispatch whose waiting ended without a send. A cancellation by the caller is no failure. */
    public void ended(Dispatch dispatch, DispatchState state, @Nullable String code) {
        if (state == DispatchState.UNCONFIRMED) {
            unconfirmed(dispatch.account(), dispatch.size());
        } else if (state == DispatchState.EXPIRED || state == DispatchState.REJECTED) {
            rejected(dispatch.account(), Objects.requireNonNullElse(code, state.label()), dispatch.size());
        }
    }

    /** Counts the result of a send. A dispatch that waits again is not counted. */
    public void sent(String account, SendResult sendResult, int messages) {
        if (sendResult.state() == DispatchState.UNCONFIRMED) {
            unconfirmed(account, messages);
        } else if (sendResult.state() == DispatchState.REJECTED) {
            rejected(account, Objects.requireNonNullElse(sendResult.code(), ""), messages);
        } else if (sendResult.isTaken() && sendResult.lines().isEmpty()) {
            submitted(account, messages - sendResult.unsent());
        } else {
            sendResult.lines().values().forEach(messageReport -> answered(account, messageReport));
        }
    }

    private void answered(String account, MessageReport messageReport) {
        messageReport.history().winner().ifPresent(statusFact -> {
            if (statusFact.state() == MessageState.UNCONFIRMED) {
                unconfirmed(account, 1);
            } else if (statusFact.state().isFinal()) {
                ended(account, statusFact, null);
            } else {
                submitted(account, 1);
            }
        });
    }

    /** Counts the messages that a new version of a report made final. */
    public void learned(
            Batch batch, Dispatch dispatch, List<Recipient> recipients, DeliveryReport before, DeliveryReport after) {
        var now = clock.instant();
        var then = new EffectiveStatus(batch, dispatch, before, now);
        var since = new EffectiveStatus(batch, dispatch, after, now);
        recipients.stream()
                .filter(recipient -> !before.line(recipient.n()).equals(after.line(recipient.n())))
                .filter(recipient ->
                        !then.said(recipient).isFinal() && since.said(recipient).isFinal())
                .forEach(recipient -> after.line(recipient.n())
                        .history()
                        .winner()
                        .ifPresent(
                                statusFact -> ended(dispatch.account(), statusFact, sent(batch, dispatch, recipient))));
    }

    private void ended(String account, StatusFact statusFact, @Nullable Instant sent) {
        if (statusFact.state() == MessageState.DELIVERED) {
            metrics.count(Metric.MESSAGES_DELIVERED, account, 1);
            if (sent != null && statusFact.at() != null) {
                metrics.latency(account, Duration.between(sent, statusFact.at()));
            }
        } else if (statusFact.state() != MessageState.CANCELLED) {
            metrics.failed(
                    account, statusFact.code().isEmpty() ? statusFact.state().label() : statusFact.code(), 1);
        }
    }

    /** When the provider was to send the message; null where it is not known when the provider took it. */
    private static @Nullable Instant sent(Batch batch, Dispatch dispatch, Recipient recipient) {
        var planned = recipient.sendAt() == null ? batch.window().sendAt() : recipient.sendAt();
        var submitted = dispatch.submission().submitted();
        return submitted == null || planned == null || planned.isBefore(submitted) ? submitted : planned;
    }
}
