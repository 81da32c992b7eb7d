package hoopoe.batch.check;

import hoopoe.batch.Counting;
import hoopoe.batch.Shown;
import hoopoe.message.PhoneNumber;
import hoopoe.provider.ReportPage;
import hoopoe.provider.ReportQuery;
import hoopoe.store.Batch;
import hoopoe.store.Dispatch;
import hoopoe.store.Recipient;
import hoopoe.store.Report;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The report of one dispatch while it is checked: joined, and written as soon as something is new. */
final class OpenReport {

    private final Evidence evidence;
    private final Counting counting;
    private final Batch batch;
    private final Dispatch dispatch;
    private final List<Recipient> recipients;
    private final Joining joining;
    private Report standing;
    private boolean knowsAllEvents;

    OpenReport(
            Evidence evidence,
            Counting counting,
            Batch batch,
            Dispatch dispatch,
            List<Recipient> recipients,
            Report standing) {
        this.evidence = evidence;
        this.counting = counting;
        this.batch = batch;
        this.dispatch = dispatch;
        this.recipients = recipients;
        this.joining = new Joining(recipients, standing);
        this.standing = standing;
    }

    /** Joins what callbacks brought, as far as there is time. @return false where somebody else wrote the report meanwhile */
    boolean joinEvents(BooleanSupplier isTime) {
        var kept = evidence.events(dispatch);
        var joined = evidence.join(batch, dispatch, joining, kept, isTime);
        if (!isWritten()) {
            return false;
        }
        knowsAllEvents = joined && evidence.adopt(dispatch, kept, isTime);
        return true;
    }

    /** Whether there was time for all that callbacks brought. */
    boolean knowsAllEvents() {
        return knowsAllEvents;
    }

    /**
     * Joins a page of the provider's report.
     *
     * @param from how many of its replies are kept already
     * @return empty where somebody else wrote the report meanwhile
     */
    Optional<PageJoined> join(ReportPage page, int from, BooleanSupplier isTime) {
        var joined = evidence.join(batch, dispatch, joining, page, from, isTime);
        return isWritten() ? Optional.of(joined) : Optional.empty();
    }

    ReportQuery query(String reference) {
        return query(reference, recipients, standing);
    }

    static ReportQuery query(String reference, List<Recipient> recipients, Report report) {
        return new ReportQuery(
                reference,
                recipients.stream()
                        .map(recipient -> new ReportQuery.QueriedMessage(
                                new PhoneNumber(recipient.to()),
                                report.line(recipient.n()).id()))
                        .toList());
    }

    Batch batch() {
        return batch;
    }

    List<Recipient> recipients() {
        return recipients;
    }

    /** Whether the provider has them, by what is known. */
    boolean proves() {
        return standing.proves();
    }

    Shown shown(Instant now) {
        return new Shown(batch, dispatch, standing, now);
    }

    private boolean isWritten() {
        var report = joining.report();
        if (report.says(standing)) {
            return true;
        }
        if (!evidence.write(dispatch, report)) {
            return false;
        }
        counting.learned(batch, dispatch, recipients, standing, report);
        joining.written();
        standing = joining.report();
        return true;
    }
}
