package hoopoe.batch.check;

import hoopoe.observability.SafeStackTrace;
import hoopoe.batch.Counting;
import hoopoe.message.MessageState;
import hoopoe.account.Account;
import hoopoe.account.Accounts;
import hoopoe.provider.ReportPage;
import hoopoe.provider.ReportQuery;
import hoopoe.store.Batch;
import hoopoe.store.Dispatch;
import hoopoe.store.Event;
import hoopoe.store.Events;
import hoopoe.store.NewReply;
import hoopoe.store.Recipient;
import hoopoe.store.Recipients;
import hoopoe.store.Reference;
import hoopoe.store.Replies;
import hoopoe.store.ReplyId;
import hoopoe.store.Report;
import hoopoe.store.Reports;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What is known of the messages of a dispatch: its report, the callbacks that name its reference, and replies. */
@ApplicationScoped
public class Evidence {

    /** So many replies of a page are kept in one go, or of callbacks assigned: nothing else waits for the rest. */
    static final int MOST_REPLIES = 500;

    /** So many orphans are adopted in one go, for the same reason. */
    static final int MOST_ADOPTED = 500;

    /** After so many that could not be kept the table itself is to blame. */
    private static final int MOST_FAILURES = 3;

    private static final Logger LOG = Logger.getLogger(Evidence.class);

    private final Accounts accounts;
    private final Recipients recipients;
    private final Events events;
    private final Reports reports;
    private final Replies replies;

    public Evidence(Accounts accounts, Recipients recipients, Events events, Reports reports, Replies replies) {
        this.accounts = accounts;
        this.recipients = recipients;
        this.events = events;
        this.reports = reports;
        this.replies = replies;
    }

    /** As it is at this moment: what is not yet joined is joined here, and not written. */
    public Report live(Dispatch dispatch, List<Recipient> to) {
        var joining = new Joining(to, written(dispatch));
        counting(dispatch, events(dispatch)).forEach(event -> joining.event(event.event()));
        return joining.report();
    }

    /** As of its last check. */
    public Report written(Dispatch dispatch) {
        return reports.of(dispatch.id());
    }

    /** To be joined and written. */
    OpenReport open(Batch batch, Dispatch dispatch, Counting counting) {
        return new OpenReport(
                this,
                counting,
                batch,
                dispatch,
                recipients.of(dispatch.batch(), dispatch.n()),
                reports.of(dispatch.id()));
    }

    /** What its provider is asked, by what its last check left. */
    ReportQuery query(Dispatch dispatch) {
        return OpenReport.query(
                Objects.requireNonNull(dispatch.reference()),
                recipients.of(dispatch.batch(), dispatch.n()),
                reports.of(dispatch.id()));
    }

    /** All that callbacks told of it, and of its earlier tries. */
    List<Events.Kept> events(Dispatch dispatch) {
        return Stream.concat(reference(dispatch).stream(), earlier(dispatch))
                .flatMap(reference -> events.of(reference).stream())
                .toList();
    }

    /** Whether any callback has named it, or an earlier try of it, or a report shows that the provider has it. */
    public boolean isTold(Dispatch dispatch) {
        return !events(dispatch).isEmpty() || written(dispatch).proves();
    }

    /** Of an earlier try a delivery counts, and a reply: that it did not arrive says nothing of this one. */
    private List<Events.Kept> counting(Dispatch dispatch, List<Events.Kept> all) {
        var current = Stream.concat(reference(dispatch).stream(), reference(dispatch, dispatch.token()).stream())
                .toList();
        return all.stream()
                .filter(kept -> current.stream().anyMatch(kept::names) || hasArrived(kept.event()))
                .toList();
    }

    private static boolean hasArrived(Event event) {
        return event.fact() == null || event.fact().state() == MessageState.DELIVERED;
    }

    /**
     * Joins what callbacks brought: all that they say of messages, and of their replies as many as there is time for. Replies
     * learn what they answer before anything names them.
     *
     * @return whether there was time for all
     */
    boolean join(Batch batch, Dispatch dispatch, Joining joining, List<Events.Kept> kept, BooleanSupplier isTime) {
        int assigned = 0;
        boolean isWhole = true;
        for (var one : counting(dispatch, kept)) {
            var event = one.event();
            var reply = event.reply();
            if (reply != null && !joining.line(event.to()).replies().contains(reply)) {
                if (!isWhole || assigned == MOST_REPLIES || !isTime.getAsBoolean()) {
                    isWhole = false;
                    continue;
                }
                assigned += isAssigned(reply, batch, joining.message(event.to()).orElse(null)) ? 0 : 1;
            }
            joining.event(event);
        }
        return isWhole;
    }

    /** A line holds the last of many only: the reply itself tells of an earlier check. @return false where none had done it */
    private boolean isAssigned(ReplyId id, Batch batch, @Nullable Integer message) {
        var before = replies.find(id)
                .filter(reply -> batch.id().equals(reply.batch())
                        && batch.caller().equals(reply.caller())
                        && Objects.equals(message, reply.message()));
        if (before.isEmpty()) {
            replies.assign(id, batch, message);
        }
        return before.isPresent();
    }

    /**
     * Joins a page of the provider's report: what it says of messages, and of its replies as many as there is time for. Replies
     * are kept before anything names them; one that cannot be kept costs none of the others.
     *
     * @param from how many of its replies are kept already
     * @return how many are kept now
     */
    PageJoined join(
            Batch batch, Dispatch dispatch, Joining joining, ReportPage page, int from, BooleanSupplier isTime) {
        page.rows().forEach(joining::row);
        int at = 0;
        int failed = 0;
        for (var reportRow : page.rows()) {
            for (var reply : reportRow.replies()) {
                if (at >= from) {
                    if (at - from == MOST_REPLIES || failed == MOST_FAILURES || !isTime.getAsBoolean()) {
                        return new PageJoined(at, false, failed > 0);
                    }
                    failed += isKept(batch, dispatch, joining, reportRow, reply) ? 0 : 1;
                }
                at++;
            }
        }
        return new PageJoined(at, true, failed > 0);
    }

    private boolean isKept(
            Batch batch, Dispatch dispatch, Joining joining, ReportPage.ReportRow reportRow, ReportPage.ReplyRow reply) {
        try {
            join(batch, dispatch, joining, reportRow, reply);
            return true;
        } catch (RuntimeException | VirtualMachineError e) {
            LOG.errorf("a reply to %s could not be kept: %s", dispatch.id(), SafeStackTrace.of(e));
            return false;
        }
    }

    private void join(Batch batch, Dispatch dispatch, Joining joining, ReportPage.ReportRow reportRow, ReportPage.ReplyRow reply) {
        var said = new NewReply(
                dispatch.account(),
                dispatch.reference(),
                reportRow.to(),
                reply.at(),
                reply.text(),
                null,
                null,
                null,
                batch.id(),
                batch.caller(),
                false);
        if (joining.line(reportRow.to()).replies().stream()
                .anyMatch(known -> known.hash().equals(said.hash()))) {
            return;
        }
        var kept = replies.keep(said);
        replies.assign(kept, batch, joining.message(reportRow.to()).orElse(null));
        joining.reply(reportRow.to(), kept);
    }

    /** @return false where somebody else wrote it meanwhile */
    boolean write(Dispatch dispatch, Report report) {
        return reports.write(dispatch.id(), report, dispatch.expires());
    }

    /**
     * What was kept before anybody knew whose it is, as far as there is time: the rest is still an orphan next time.
     *
     * @return whether there was time for all
     */
    boolean adopt(Dispatch dispatch, List<Events.Kept> kept, BooleanSupplier isTime) {
        int adopted = 0;
        for (var orphan : kept.stream().filter(Events.Kept::orphan).toList()) {
            if (adopted == MOST_ADOPTED || !isTime.getAsBoolean()) {
                return false;
            }
            events.adopt(orphan, dispatch.expires());
            adopted++;
        }
        return true;
    }

    /** Empty where there is none yet, or its account is not configured any more. */
    private Optional<Reference> reference(Dispatch dispatch) {
        return Optional.ofNullable(dispatch.reference()).flatMap(written -> reference(dispatch, written));
    }

    private Stream<Reference> earlier(Dispatch dispatch) {
        return dispatch.tries().references().stream()
                .filter(written -> !written.equals(dispatch.reference()))
                .map(written -> reference(dispatch, written))
                .flatMap(Optional::stream);
    }

    private Optional<Reference> reference(Dispatch dispatch, String written) {
        return accounts.find(dispatch.account())
                .map(Account::provider)
                .map(provider -> new Reference(provider, dispatch.account(), written));
    }
}
