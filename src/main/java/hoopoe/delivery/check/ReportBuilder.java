package hoopoe.delivery.check;

import hoopoe.batch.Batch;
import hoopoe.batch.Recipient;
import hoopoe.delivery.DeliveryReport;
import hoopoe.delivery.EffectiveStatus;
import hoopoe.delivery.check.StatusEvidence.PageMergeResult;
import hoopoe.delivery.check.StatusEvidence.StoredEvidence;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchState;
import hoopoe.provider.ReportPage;
import hoopoe.provider.ReportQuery;
import hoopoe.store.delivery.CallbackEventRepository;
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
    private final List<CallbackEventRepository.Kept> callbacks;
    private final StatusMerger statusMerger;
    private DeliveryReport standing;
    private boolean knowsAllEvents;

    ReportBuilder(
            StatusEvidence statusEvidence,
            MessageMetrics messageMetrics,
            Batch batch,
            Dispatch dispatch,
            StoredEvidence stored) {
        this.statusEvidence = statusEvidence;
        this.messageMetrics = messageMetrics;
        this.batch = batch;
        this.dispatch = dispatch;
        this.recipients = stored.recipients();
        this.callbacks = stored.callbacks();
        this.statusMerger = new StatusMerger(recipients, stored.report());
        this.standing = stored.report();
    }

    /** Merges callbacks, as far as there is time. @return false where another writer changed the report meanwhile */
    boolean joinEvents(BooleanSupplier isTime) {
        var joined = statusEvidence.join(batch, dispatch, statusMerger, callbacks, isTime);
        if (!write()) {
            return false;
        }
        knowsAllEvents = joined && statusEvidence.adopt(dispatch, callbacks, isTime);
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
                        .filter(recipient -> recipient.to() != null)
                        .map(recipient -> new ReportQuery.QueriedMessage(
                                recipient.number(),
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
