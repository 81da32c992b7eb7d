package hoopoe.delivery.check;

import hoopoe.account.Account;
import hoopoe.account.Accounts;
import hoopoe.batch.Batch;
import hoopoe.batch.Recipient;
import hoopoe.delivery.CallbackEvent;
import hoopoe.delivery.DeliveryReport;
import hoopoe.delivery.EffectiveStatus;
import hoopoe.delivery.ProviderReference;
import hoopoe.dispatch.Dispatch;
import hoopoe.inbox.InboundSms;
import hoopoe.inbox.NewReply;
import hoopoe.message.MessageState;
import hoopoe.observability.SafeStackTrace;
import hoopoe.provider.Providers;
import hoopoe.provider.ReportPage;
import hoopoe.provider.ReportQuery;
import hoopoe.store.batch.RecipientRepository;
import hoopoe.store.delivery.CallbackEventRepository;
import hoopoe.store.delivery.DeliveryReportRepository;
import hoopoe.store.inbox.ReplyRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Reads and merges what is known of a dispatch's messages: its report, the callbacks that name its reference, and replies. Writes
 * the merged report, and what of callbacks and replies became known to be this dispatch's.
 */
@ApplicationScoped
public class StatusEvidence {

    /** How many replies of a page are stored, or of callbacks assigned, in one go: other work does not wait for the rest. */
    static final int MOST_REPLIES = 500;

    /** How many orphans are adopted in one go, for the same reason. */
    static final int MOST_ADOPTED = 500;

    /** After so many replies that could not be stored the table itself is the cause. */
    private static final int MOST_FAILURES = 3;

    private static final Logger LOG = Logger.getLogger(StatusEvidence.class);

    private final Accounts accounts;
    private final Providers providers;
    private final RecipientRepository recipientRepository;
    private final CallbackEventRepository callbackEventRepository;
    private final DeliveryReportRepository deliveryReportRepository;
    private final ReplyRepository replyRepository;

    public StatusEvidence(
            Accounts accounts,
            Providers providers,
            RecipientRepository recipientRepository,
            CallbackEventRepository callbackEventRepository,
            DeliveryReportRepository deliveryReportRepository,
            ReplyRepository replyRepository) {
        this.accounts = accounts;
        this.providers = providers;
        this.recipientRepository = recipientRepository;
        this.callbackEventRepository = callbackEventRepository;
        this.deliveryReportRepository = deliveryReportRepository;
        this.replyRepository = replyRepository;
    }

    /** The report as of now: callbacks that are not yet merged are merged here, and not written. */
    public DeliveryReport live(Dispatch dispatch, List<Recipient> to) {
        return live(dispatch, to, written(dispatch), events(dispatch));
    }

    private DeliveryReport live(
            Dispatch dispatch,
            List<Recipient> to,
            DeliveryReport written,
            List<CallbackEventRepository.Kept> callbacks) {
        var statusMerger = new StatusMerger(to, written);
        counting(dispatch, callbacks).forEach(event -> statusMerger.event(event.event()));
        return statusMerger.report();
    }

    /**
     * What is stored of a dispatch's messages.
     *
     * @param report as of the last check
     * @param callbacks merged or not
     */
    record StoredEvidence(
            List<Recipient> recipients, DeliveryReport report, List<CallbackEventRepository.Kept> callbacks) {}

    /** To be read after the dispatch, so that a callback that is counted later is noticed when the dispatch is written. */
    StoredEvidence read(Dispatch dispatch) {
        return new StoredEvidence(
                recipientRepository.of(dispatch.id().batch(), dispatch.id().n()), written(dispatch), events(dispatch));
    }

    /** The messages of a dispatch, as they are now. */
    public record LiveStatus(EffectiveStatus status, List<Recipient> recipients) {}

    /** The messages of a dispatch, as they are now. */
    public LiveStatus live(Batch batch, Dispatch dispatch, Instant now) {
        return live(batch, dispatch, read(dispatch), now);
    }

    LiveStatus live(Batch batch, Dispatch dispatch, StoredEvidence stored, Instant now) {
        var report = live(dispatch, stored.recipients(), stored.report(), stored.callbacks());
        return new LiveStatus(new EffectiveStatus(batch, dispatch, report, now), stored.recipients());
    }

    /** The report as of the last check. */
    public DeliveryReport written(Dispatch dispatch) {
        return deliveryReportRepository.of(dispatch.id());
    }

    /** The report for a check, to be merged and written. */
    ReportBuilder open(Batch batch, Dispatch dispatch, StoredEvidence stored, MessageMetrics messageMetrics) {
        return new ReportBuilder(this, messageMetrics, batch, dispatch, stored);
    }

    /** The query for the provider, from the report of the last check. */
    ReportQuery query(Dispatch dispatch) {
        return ReportBuilder.query(
                Objects.requireNonNull(dispatch.submission().reference()),
                recipientRepository.of(dispatch.id().batch(), dispatch.id().n()),
                deliveryReportRepository.of(dispatch.id()));
    }

    /** All callbacks about the dispatch and its earlier tries. */
    public List<CallbackEventRepository.Kept> events(Dispatch dispatch) {
        return names(dispatch)
                .flatMap(providerReference -> callbackEventRepository.of(providerReference).stream())
                .toList();
    }

    /** Whether any callback named the dispatch or an earlier try of it, or a report proves that the provider has it. */
    public boolean isTold(Dispatch dispatch) {
        return !events(dispatch).isEmpty() || written(dispatch).proves();
    }

    /** Of an earlier try only deliveries and replies count: its failure says nothing of this try. */
    private List<CallbackEventRepository.Kept> counting(Dispatch dispatch, List<CallbackEventRepository.Kept> all) {
        var current = Stream.concat(references(dispatch), references(dispatch, dispatch.token()))
                .toList();
        return all.stream()
                .filter(kept -> current.stream().anyMatch(kept::names) || hasArrived(kept.event()))
                .toList();
    }

    private static boolean hasArrived(CallbackEvent callbackEvent) {
        return callbackEvent.fact() == null || callbackEvent.fact().state() == MessageState.DELIVERED;
    }

    /**
     * Merges callbacks: all their facts, and as many of their replies as there is time for. A reply is assigned to its batch
     * before a report names it.
     *
     * @return whether there was time for all
     */
    boolean join(
            Batch batch,
            Dispatch dispatch,
            StatusMerger statusMerger,
            List<CallbackEventRepository.Kept> kept,
            BooleanSupplier isTime) {
        int assigned = 0;
        boolean isWhole = true;
        for (var one : counting(dispatch, kept)) {
            var callbackEvent = one.event();
            var reply = callbackEvent.reply();
            if (reply != null && !statusMerger.line(callbackEvent).replies().contains(reply)) {
                if (!isWhole || assigned == MOST_REPLIES || !isTime.getAsBoolean()) {
                    isWhole = false;
                    continue;
                }
                // A report line holds only the last replies: an earlier check may have assigned this one.
                var message = statusMerger.message(callbackEvent).orElse(null);
                assigned += replyRepository.assign(reply, batch, message) ? 1 : 0;
            }
            statusMerger.event(callbackEvent);
        }
        return isWhole;
    }

    /**
     * Merges a page of the provider's report: all its facts, and as many of its replies as there is time for. A reply is
     * stored before a report names it; one that cannot be stored does not stop the others.
     *
     * @param from how many of its replies are stored already
     * @return how many are stored now
     */
    PageMergeResult join(
            Batch batch,
            Dispatch dispatch,
            StatusMerger statusMerger,
            ReportPage page,
            int from,
            BooleanSupplier isTime) {
        page.rows().forEach(statusMerger::row);
        int at = 0;
        int failed = 0;
        for (var reportRow : page.rows()) {
            for (var reply : reportRow.replies()) {
                if (at >= from) {
                    if (at - from == MOST_REPLIES || failed == MOST_FAILURES || !isTime.getAsBoolean()) {
                        return new PageMergeResult(at, false, failed > 0);
                    }
                    failed += keep(batch, dispatch, statusMerger, reportRow, reply) ? 0 : 1;
                }
                at++;
            }
        }
        return new PageMergeResult(at, true, failed > 0);
    }

    private boolean keep(
            Batch batch,
            Dispatch dispatch,
            StatusMerger statusMerger,
            ReportPage.ReportRow reportRow,
            ReportPage.ReplyRow reply) {
        try {
            join(batch, dispatch, statusMerger, reportRow, reply);
            return true;
        } catch (RuntimeException | VirtualMachineError e) {
            LOG.errorf("a reply to %s could not be kept: %s", dispatch.id(), SafeStackTrace.of(e));
            return false;
        }
    }

    private void join(
            Batch batch,
            Dispatch dispatch,
            StatusMerger statusMerger,
            ReportPage.ReportRow reportRow,
            ReportPage.ReplyRow reply) {
        var said = new NewReply(
                new InboundSms(
                        dispatch.account(),
                        reportRow.to(),
                        null,
                        reply.at(),
                        reply.text(),
                        dispatch.submission().reference(),
                        null),
                null,
                batch.id(),
                batch.caller(),
                false);
        if (statusMerger.line(reportRow.to()).replies().stream()
                .anyMatch(known -> known.hash().equals(said.hash()))) {
            return;
        }
        var kept = replyRepository.keep(said);
        replyRepository.assign(kept, batch, statusMerger.message(reportRow.to()).orElse(null));
        statusMerger.reply(reportRow.to(), kept);
    }

    /** @return false where another writer changed it meanwhile */
    boolean write(Dispatch dispatch, DeliveryReport deliveryReport) {
        return deliveryReportRepository.write(
                dispatch.id(),
                deliveryReport,
                dispatch.checks().fence(),
                dispatch.lifetime().expires());
    }

    /**
     * Adopts callbacks that came before their dispatch was known, as far as there is time: the rest is still an orphan next
     * time.
     *
     * @return whether there was time for all
     */
    boolean adopt(Dispatch dispatch, List<CallbackEventRepository.Kept> kept, BooleanSupplier isTime) {
        int adopted = 0;
        for (var orphan :
                kept.stream().filter(CallbackEventRepository.Kept::orphan).toList()) {
            if (adopted == MOST_ADOPTED || !isTime.getAsBoolean()) {
                return false;
            }
            callbackEventRepository.adopt(orphan, dispatch.lifetime().expires());
            adopted++;
        }
        return true;
    }

    /** All by which callbacks name the dispatch or an earlier try of it. */
    public Stream<ProviderReference> names(Dispatch dispatch) {
        return Stream.concat(references(dispatch), earlier(dispatch));
    }

    private Stream<ProviderReference> references(Dispatch dispatch) {
        return Stream.ofNullable(dispatch.submission().reference()).flatMap(written -> references(dispatch, written));
    }

    private Stream<ProviderReference> earlier(Dispatch dispatch) {
        return dispatch.tries().references().stream()
                .filter(written -> !written.equals(dispatch.submission().reference()))
                .flatMap(written -> references(dispatch, written));
    }

    /** One; where the account is not configured any more, one for each provider that it can have been of. */
    private Stream<ProviderReference> references(Dispatch dispatch, String written) {
        return names(dispatch.account(), written);
    }

    /** The reference as an account's provider wrote it; where the account is gone, one for each provider it can have been of. */
    public Stream<ProviderReference> names(String account, String written) {
        return accounts.find(account).map(Account::provider).map(Set::of).orElseGet(providers::types).stream()
                .map(provider -> new ProviderReference(provider, account, written));
    }

    /**
     * How far a page of a report was merged.
     *
     * @param replies how many of its replies are stored
     * @param isWhole whether these are all
     * @param hasFailed whether some of these could not be stored
     */
    record PageMergeResult(int replies, boolean isWhole, boolean hasFailed) {}
}
