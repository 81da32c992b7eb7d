package hoopoe.provider.every8d;

import hoopoe.message.StatusFact;
import hoopoe.message.Surrogates;
import hoopoe.provider.ReportPage.ReplyRow;
import hoopoe.provider.ReportPage.ReportRow;
import hoopoe.provider.every8d.Every8dReportXml.ReplyElement;
import hoopoe.provider.every8d.Every8dReportXml.SmsElement;
import java.util.regex.Pattern;

/** Reads the rows of a report. An unreadable value loses its field only, never the page. */
final class Every8dReportRows {

    private static final Pattern COST = Pattern.compile("\\d{1,15}(?:\\.\\d{1,6})?");
    private static final int LONGEST_CODE = 20;
    private static final int LONGEST_TIME = 40;
    private static final String UNREADABLE = "; SENT_TIME ";

    private Every8dReportRows() {}

    static ReportRow row(SmsElement sms) {
        var sentTime = Surrogates.cut(sms.sentTime.strip(), LONGEST_TIME);
        var sentAt = Every8dClient.TIMES.read(sentTime);
        var note = sentAt == null && !sentTime.isEmpty() ? UNREADABLE + sentTime : "";
        return new ReportRow(
                // The number parser strips too, but a padded number is not canonical and takes twenty times as long.
                Every8dNumbers.read(sms.mobile.strip()).orElse(null),
                fact(sms, note),
                sentAt,
                sms.replies.stream().map(Every8dReportRows::reply).toList());
    }

    /**
     * The fact has no time: the report says when a message was sent, not when it reached its status.
     *
     * @param note the raw time, where it is unreadable: kept for people
     */
    private static StatusFact fact(SmsElement sms, String note) {
        var status = Surrogates.cut(sms.status.strip(), LONGEST_CODE);
        var cost = sms.cost.strip();
        var fact =
                Every8dStatus.fact(status, null, COST.matcher(cost).matches() ? cost : null, StatusFact.Source.REPORT);
        return note.isEmpty()
                ? fact
                : new StatusFact(fact.state(), null, status, fact.text() + note, fact.cost(), fact.source());
    }

    private static ReplyRow reply(ReplyElement reply) {
        return new ReplyRow(Every8dClient.TIMES.read(reply.time), reply.message.strip());
    }
}
