package hoopoe.provider.every8d;

import hoopoe.provider.ReportPage;
import hoopoe.provider.ReportPage.ReportRow;
import hoopoe.provider.every8d.Every8dError.Every8dRefusal;
import hoopoe.provider.every8d.Every8dLogin.SessionKey;
import hoopoe.provider.every8d.Every8dReportXml.StatusesElement;
import hoopoe.provider.xml.SoapMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;

/** {@code getDeliveryStatus}: one page of reports on a dispatch (document §3.2). */
final class Every8dReports implements Every8dQuery<ReportPage> {

    /** Rows of a full page: page 2 begins with row 1001. */
    private static final int PAGE = 1000;

    private static final Pattern COUNT = Pattern.compile("\\d{1,9}");

    private final String reference;
    private final int page;
    private final boolean lenient;

    /** @param page from 1 */
    Every8dReports(String reference, int page, boolean lenient) {
        this.reference = reference;
        this.page = page;
        this.lenient = lenient;
    }

    @Override
    public String operation() {
        return "getDeliveryStatus";
    }

    @Override
    public SoapMessage message(SessionKey key) {
        return Every8dClient.message(operation(), key)
                .with("batchID", reference)
                .with("pageNo", Integer.toString(page));
    }

    @Override
    public ReportPage read(String text) throws Every8dRefusal {
        var result = text.strip();
        refuse(result);
        return page(result.isEmpty() ? List.of() : statuses(result));
    }

    private List<StatusesElement> statuses(String result) throws Every8dRefusal {
        var report = report(result);
        var code = report.code.strip();
        if (!code.equals("0")) {
            throw new Every8dRefusal(Every8dError.of(code).orElseThrow(this::malformed));
        }
        return report.statuses;
    }

    private ReportPage page(List<StatusesElement> statuses) {
        var count = "";
        var rows = new ArrayList<ReportRow>();
        for (var one : statuses) {
            count = one.count.strip();
            one.rows.forEach(sms -> rows.add(Every8dReportRows.row(sms)));
        }
        var soFar = (page - 1L) * PAGE + rows.size();
        var total = COUNT.matcher(count).matches() ? Integer.parseInt(count) : (int) soFar;
        return new ReportPage(total, List.copyOf(rows), !rows.isEmpty() && soFar < total);
    }

    private Every8dReportXml report(String xml) {
        try {
            return Every8dReportXml.read(xml);
        } catch (XMLStreamException broken) {
            if (!lenient) {
                throw malformed();
            }
        }
        try {
            return Every8dReportXml.read(LenientXml.mended(xml));
        } catch (XMLStreamException stillBroken) {
            // The exception's message repeats the document, which contains numbers.
            throw malformed();
        }
    }
}
