package hoopoe.local.every8d;

import hoopoe.local.stage.Switches;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** The answers to getDeliveryStatus, a thousand rows a page (document §3.2). */
final class ReportText {
    private static final int PAGE = 1_000;
    private static final int MOBILE_LENGTH = 20;

    private final Switches switches;

    ReportText(Switches switches) {
        this.switches = switches;
    }

    String page(Batch batch, String pageNo) {
        List<Row> rows = listed(batch);
        int pages = Math.max(1, (rows.size() + PAGE - 1) / PAGE);
        int page = number(pageNo);
        if (page > pages && switches.is(Switch.BeyondEnd.NEGATIVE_CODE)) {
            return error(Refusal.of(Refusal.NO_SUCH_DATA));
        }
        int shown = page > pages && switches.is(Switch.BeyondEnd.LAST_PAGE) ? pages : page;
        int from = (int) Math.min(rows.size(), (shown - 1L) * PAGE);
        int to = Math.min(rows.size(), from + PAGE);
        return log("0", "發送狀態查詢成功", count(rows.size(), to), rows.subList(from, to));
    }

    String unknownBatch() {
        return switches.is(Switch.UnknownBatch.COUNT_ZERO)
                ? log("0", "發送狀態查詢成功", " COUNT=\"0\"", List.of())
                : error(Refusal.of(Refusal.NO_SUCH_DATA));
    }

    String error(Refusal refusal) {
        return switches.is(Switch.ReportError.XML)
                ? log(Integer.toString(refusal.code()), refusal.text(), " COUNT=\"0\"", List.of())
                : refusal.line(switches.get(Switch.ErrorForm.class));
    }

    private List<Row> listed(Batch batch) {
        List<Row> rows =
                new ArrayList<>(batch.rows().stream().filter(row -> row.listed).toList());
        if (switches.is(Switch.RowOrder.REVERSED)) {
            Collections.reverse(rows);
        }
        return rows;
    }

    /** Empty and unreadable ones mean the first page. */
    private static int number(String pageNo) {
        String stripped = pageNo.strip();
        return stripped.matches("[1-9]\\d{0,5}") ? Integer.parseInt(stripped) : 1;
    }

    private String count(int total, int shown) {
        return switch (switches.get(Switch.Count.class)) {
            case WHOLE_BATCH -> " COUNT=\"" + total + "\"";
            case GROWING -> " COUNT=\"" + Math.min(total, shown + 1) + "\"";
            case ONE_TOO_MANY -> " COUNT=\"" + (total + 1) + "\"";
            case MISSING -> "";
        };
    }

    private String log(String code, String description, String count, List<Row> rows) {
        String encoding = switches.is(Switch.ReportXml.SEED) ? "utf-8" : "UTF-8";
        return "<?xml version=\"1.0\" encoding=\"" + encoding + "\"?><SMS_LOG>" + Xml.element("CODE", code)
                + Xml.element("DESCRIPTION", description) + "<GET_DELIVERY_STATUS" + count + ">"
                + rows.stream().map(this::row).collect(Collectors.joining()) + "</GET_DELIVERY_STATUS></SMS_LOG>";
    }

    private String row(Row row) {
        String open = switches.is(Switch.ReportXml.SEED) ? "< NAME>" : "<NAME>";
        return "<SMS>" + open + Xml.text(row.order.name()) + "</NAME>" + Xml.element("MOBILE", mobile(row))
                + Xml.element("SENT_TIME", TaipeiTime.inReport(row.sentAt, switches.get(Switch.Dates.class)))
                + Xml.element("COST", cost(row)) + Xml.element("STATUS", Integer.toString(row.status))
                + row.replies.stream().map(this::reply).collect(Collectors.joining()) + "</SMS>";
    }

    private String mobile(Row row) {
        String mobile = row.order.mobile();
        return switch (switches.get(Switch.Mobile.class)) {
            case PADDED -> mobile + " ".repeat(Math.max(0, MOBILE_LENGTH - mobile.length()));
            case PLAIN -> mobile;
            case LOCAL -> mobile.replaceFirst("^\\+886", "0");
        };
    }

    private String cost(Row row) {
        return switch (switches.get(Switch.RowCost.class)) {
            case TWO_DECIMALS -> SendLine.fixed(row.cost, 2);
            case ONE_DECIMAL -> SendLine.fixed(row.cost, 1);
            case BLANK -> " ";
        };
    }

    private String reply(Row.Reply reply) {
        String text =
                switch (switches.get(Switch.ReplyText.class)) {
                    case CDATA -> Xml.cdata(reply.text());
                    case CDATA_ON_LINES -> "\n          " + Xml.cdata(reply.text()) + "\n        ";
                    case ESCAPED -> Xml.text(reply.text());
                };
        return "<REPLY_SMS>"
                + Xml.element("REPLY_TIME", TaipeiTime.inReport(reply.at(), switches.get(Switch.Dates.class)))
                + "<MESSAGE>" + text + "</MESSAGE></REPLY_SMS>";
    }
}
