package hoopoe.provider.every8d;

import hoopoe.provider.ReportPage;
import hoopoe.provider.ReportPage.ReportRow;
import hoopoe.provider.xml.XmlCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;

/**
 * Parses {@code SMS_LOG/(CODE, DESCRIPTION, GET_DELIVERY_STATUS/@COUNT, GET_DELIVERY_STATUS/SMS*)}. By hand, without JAXB,
 * because it reads a thousand rows at a time.
 */
final class Every8dReportXml {

    /** Rows of a full page: page 2 begins with row 1001. */
    private static final int PAGE = 1000;

    private static final Pattern COUNT = Pattern.compile("\\d{1,9}");

    private final List<ReportRow> rows = new ArrayList<>();
    private String code = "";
    private String count = "";

    private Every8dReportXml() {}

    static Every8dReportXml read(XmlCursor cursor) throws XMLStreamException {
        var report = new Every8dReportXml();
        if (!cursor.name().equals("SMS_LOG")) {
            throw new XMLStreamException("not a report");
        }
        while (cursor.toChild()) {
            report.child(cursor);
        }
        return report;
    }

    static Every8dReportXml nothing() {
        return new Every8dReportXml();
    }

    String code() {
        return code;
    }

    boolean isSuccess() {
        return code.equals("0");
    }

    ReportPage page(int number) {
        var soFar = (number - 1L) * PAGE + rows.size();
        var total = COUNT.matcher(count).matches() ? Integer.parseInt(count) : (int) soFar;
        return new ReportPage(total, List.copyOf(rows), !rows.isEmpty() && soFar < total);
    }

    private void child(XmlCursor cursor) throws XMLStreamException {
        if (cursor.name().equals("CODE")) {
            code = cursor.text().strip();
        } else if (cursor.name().equals("GET_DELIVERY_STATUS")) {
            count = cursor.attribute("COUNT").strip();
            rows(cursor);
        } else {
            cursor.skip();
        }
    }

    private void rows(XmlCursor cursor) throws XMLStreamException {
        while (cursor.toChild()) {
            if (cursor.name().equals("SMS")) {
                rows.add(Every8dReportRowXml.read(cursor));
            } else {
                cursor.skip();
            }
        }
    }
}
