package hoopoe.api.status;

import hoopoe.api.http.ApiResponse;
import hoopoe.batch.view.UsageView;
import hoopoe.batch.view.UsageView.UsageRow;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Usage as a table: RFC 4180. The totals are left out, since whoever adds up a column would count them twice. */
final class UsageCsv {

    static final String TYPE = "text/csv";

    /** A spreadsheet takes a text that begins so for a formula. */
    private static final String FORMULA = "=+-@\t\r";

    private static final List<String> NAMES =
            List.of("period", "caller", "account", "state", "messages", "segments", "points", "timed", "seconds");

    private UsageCsv() {}

    static ApiResponse of(UsageView usage) {
        var csv = Stream.concat(Stream.of(NAMES), usage.usage().stream().map(UsageCsv::cells))
                .map(cells -> String.join(",", cells) + "\r\n")
                .collect(Collectors.joining());
        return new ApiResponse(200, TYPE + "; charset=utf-8; header=present", csv, Map.of())
                .header("Content-Disposition", "attachment; filename=\"usage.csv\"");
    }

    private static List<String> cells(UsageRow row) {
        return List.of(
                Objects.requireNonNull(row.period()).toString(),
                text(row.caller()),
                text(row.account()),
                row.state(),
                Long.toString(row.messages()),
                Long.toString(row.segments()),
                row.points() == null ? "" : row.points().amount(),
                row.delivery() == null ? "" : Long.toString(row.delivery().messages()),
                row.delivery() == null ? "" : Long.toString(row.delivery().seconds()));
    }

    /** Always quoted, so that it needs no rule when to quote; an apostrophe makes of a formula a text. */
    static String text(String value) {
        var plain = !value.isEmpty() && FORMULA.indexOf(value.charAt(0)) >= 0 ? '\'' + value : value;
        return '"' + plain.replace("\"", "\"\"") + '"';
    }
}
