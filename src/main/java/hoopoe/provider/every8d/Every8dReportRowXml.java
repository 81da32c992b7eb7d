package hoopoe.provider.every8d;

import hoopoe.message.StatusFact;
import hoopoe.message.Surrogates;
import hoopoe.provider.ReportPage.ReplyRow;
import hoopoe.provider.ReportPage.ReportRow;
import hoopoe.provider.xml.XmlCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;

/**
 * Parses {@code SMS/(NAME, MOBILE, SENT_TIME, COST, STATUS, REPLY_SMS*)}, with {@code MOBILE} padded to 20 characters. An
 * unreadable value loses its field only, never the page.
 */
final class Every8dReportRowXml {

    private static final Pattern COST = Pattern.compile("\\d{1,15}(?:\\.\\d{1,6})?");
    private static final int LONGEST_CODE = 20;
    private static final int LONGEST_TIME = 40;
    private static final String UNREADABLE = "; SENT_TIME ";

    private final List<ReplyRow> replies = new ArrayList<>(0);
    private String mobile = "";
    private String sentTime = "";
    private String cost = "";
    private String status = "";

    private Every8dReportRowXml() {}

    static ReportRow read(XmlCursor cursor) throws XMLStreamException {
        var row = new Every8dReportRowXml();
        while (cursor.toChild()) {
            row.child(cursor);
        }
        return row.row();
    }

    private void child(XmlCursor cursor) throws XMLStreamException {
        var name = cursor.name();
        if (name.equals("MOBILE")) {
            // The number parser strips too, but a padded number is not canonical and takes twenty times as long.
            mobile = cursor.text().strip();
        } else if (name.equals("SENT_TIME")) {
            sentTime = Surrogates.cut(cursor.text().strip(), LONGEST_TIME);
        } else if (name.equals("COST")) {
            cost = cursor.text().strip();
        } else if (name.equals("STATUS")) {
            status = Surrogates.cut(cursor.text().strip(), LONGEST_CODE);
        } else if (name.equals("REPLY_SMS")) {
            replies.add(reply(cursor));
        } else {
            cursor.skip();
        }
    }

    private ReportRow row() {
        var sentAt = Every8dClient.TIMES.read(sentTime);
        var isUnreadable = sentAt == null && !sentTime.isEmpty();
        return new ReportRow(
                Every8dNumbers.read(mobile).orElse(null), fact(isUnreadable), sentAt, List.copyOf(replies));
    }

    /** The fact has no time: the report says when a message was sent, not when it reached its status. */
    private StatusFact fact(boolean isUnreadable) {
        var statusFact =
                Every8dStatus.fact(status, null, COST.matcher(cost).matches() ? cost : null, StatusFact.Source.REPORT);
        // The raw time is kept for people.
        return isUnreadable
                ? new StatusFact(
                        statusFact.state(),
                        null,
                        status,
                        statusFact.text() + UNREADABLE + sentTime,
                        statusFact.cost(),
                        statusFact.source())
                : statusFact;
    }

    private ReplyRow reply(XmlCursor cursor) throws XMLStreamException {
        var time = "";
        var message = "";
        while (cursor.toChild()) {
            if (cursor.name().equals("REPLY_TIME")) {
                time = cursor.text();
            } else if (cursor.name().equals("MESSAGE")) {
                message = cursor.text().strip();
            } else {
                cursor.skip();
            }
        }
        return new ReplyRow(Every8dClient.TIMES.read(time), message);
    }
}
