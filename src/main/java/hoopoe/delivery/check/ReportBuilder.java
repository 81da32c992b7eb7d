package hoopoe.delivery.check;

import hoopoe.batch.Batch;
import hoopoe.batch.Recipient;
import hoopoe.delivery.DeliveryReport;
import hoopoe.delivery.EffectiveStatus;
import hoopoe.delivery.check.StatusEvidence.PageMergeResult;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchState;
import hoopoe.provider.ReportPage;
import hoopoe.provider.ReportQuery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Builds the report of one dispatch while it is checked: merges facts, and writes as soon as something is new. */
final class ReportBuilder {

    private final StatusEvidence statusEvidence;
    private final MessageMetrics messageMetrics;
    private final Batch batch;
    private final Dispatch dispatch;
    private final List<Recipient> recipients;
    private final StatusMerger statusMerger;
    private DeliveryReport standing;
    private boolean knowsAllEvents;

    ReportBuilder(
            StatusEvidence statusEvidence,
            MessageMetrics messageMetrics,
            Batch batch,
            Dispatch dispatch,
            List<Recipient> recipients,
            DeliveryReport standing) {
        this.statusEvidence = statusEvidence;
        this.messageMetrics = messageMetrics;
        this.batch = batch;
        this.dispatch = dispatch;
        this.recipients = recipients;
        this.statusMerger = new StatusMerger(recipients, standing);
        this.standing = standing;
    }

    /** Merges callbacks, as far as there is time. @return false where another writer changed the report meanwhile */
    boolean joinEvents(BooleanSupplier isTime) {
        var kept = statusEvidence.events(dispatch);
        var joined = statusEvidence.join(batch, dispatch, statusMerger, kept, isTime);
        if (!write()) {
            return false;
        }
        knowsAllEvents = joined && statusEvidence.adopt(dispatch, kept, isTime);
        return true;
    }

    /** Whether there was time for all callbacks. */
    boolean knowsAllEvents() {
        return knowsAllEvents;
    }

    /**
     * Merges a page of the provider's report.
     *
     * @param from how many of its replies are stored already
     * @return empty where another writer changed the report meanwhile
     */
    Optional<PageMergeResult> join(ReportPage page, int from, BooleanSupplier isTime) {
        var joined = statusEvidence.join(batch, dispatch, statusMerger, page, from, isTime);
        return write() ? Optional.of(joined) : Optional.empty();
    }

    ReportQuery query(String reference) {
        return query(reference, recipients, standing);
    }

    static ReportQuery query(String reference, List<Recipient> recipients, DeliveryReport deliveryReport) {
        return new ReportQuery(
                reference,
                recipients.stream()
                        .map(recipient -> new ReportQuery.QueriedMessage(
                                recipient.to(),
                                deliveryReport.line(recipient.n()).id()))
                        .toList());
    }

    Batch batch() {
        return batch;
    }

    List<Recipient> recipients() {
        return recipients;
    }

    /** The state of the dispatch: one that is unconfirmed is submitted where its report proves that the provider has it. */
    DispatchState state() {
        return dispatch.state() == DispatchState.UNCONFIRMED
                        && dispatch.submission().reference() != null
                        && standing.proves()
                ? DispatchState.SUBMITTED
                : dispatch.state();
    }

    EffectiveStatus shown(Instant now) {
        return new EffectiveStatus(batch, dispatch.with(state()), standing, now);
    }

    private boolean write() {
        var deliveryReport = statusMerger.report();
        if (deliveryReport.says(standing)) {
            return true;
        }
        if (!statusEvidence.write(dispatch, deliveryReport)) {
            return false;
        }
        messageMetrics.learned(batch, dispatch, recipients, standing, deliveryReport);
        statusMerger.written();
        standing = statusMerger.report();
        return true;
    }
}
