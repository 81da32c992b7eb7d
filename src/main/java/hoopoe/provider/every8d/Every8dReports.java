package hoopoe.provider.every8d;

import hoopoe.provider.ReportPage;
import hoopoe.provider.every8d.Every8dError.Every8dRefusal;
import hoopoe.provider.every8d.Every8dLogin.SessionKey;
import hoopoe.provider.xml.SoapMessage;
import hoopoe.provider.xml.XmlCursor;
import javax.xml.stream.XMLStreamException;

/** {@code getDeliveryStatus}: one page of reports on a dispatch (providers.md C1.4). */
final class Every8dReports implements Every8dQuery<ReportPage> {

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
        if (result.isEmpty()) {
            return Every8dReportXml.nothing().page(page);
        }
        return page(report(result));
    }

    private ReportPage page(Every8dReportXml report) throws Every8dRefusal {
        if (!report.isSuccess()) {
            throw new Every8dRefusal(Every8dError.of(report.code()).orElseThrow(this::malformed));
        }
        return report.page(page);
    }

    private Every8dReportXml report(String xml) {
        try {
            return parsed(xml);
        } catch (XMLStreamException broken) {
            if (!lenient) {
                throw malformed();
            }
        }
        try {
            return parsed(LenientXml.mended(xml));
        } catch (XMLStreamException stillBroken) {
            // The exception's message repeats the document, which contains numbers.
            throw malformed();
        }
    }

    private static Every8dReportXml parsed(String xml) throws XMLStreamException {
        var cursor = XmlCursor.at(xml);
        var report = Every8dReportXml.read(cursor);
        cursor.end();
        return report;
    }
}
