package hoopoe.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import hoopoe.message.StatusFact;
import hoopoe.message.StatusHistory;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A report as it is packed: deflated JSON, because rows are alike and a write is paid by the kilobyte. */
final class ReportRows {

    /** An item may have 400 KB. */
    static final int MOST_BYTES = 350 * 1024;

    private static final int STRAYS = -1;
    private static final TypeReference<List<Row>> ROWS = new TypeReference<>() {};

    /** How many lost facts and how many replies a message keeps, from the best to what always fits. */
    private static final int[][] ROOM = {{StatusHistory.OTHERS, Line.MOST_REPLIES}, {1, 5}, {0, 2}, {0, 0}};

    private ReportRows() {}

    /** @throws IllegalStateException where even the winners do not fit: more messages than a dispatch may have */
    static byte[] pack(Report report) {
        for (var room : ROOM) {
            var bytes = Packed.deflate(Packed.pack(rows(report, room[0], room[1])));
            if (bytes.length <= MOST_BYTES) {
                return bytes;
            }
        }
        throw new IllegalStateException("a report without end");
    }

    static Report unpack(int version, byte[] bytes) {
        var lines = new TreeMap<Integer, Line>();
        var strays = Line.EMPTY;
        for (var row : Packed.unpack(Packed.inflate(bytes), ROWS)) {
            if (row.n() == STRAYS) {
                strays = row.line();
            } else {
                lines.put(row.n(), row.line());
            }
        }
        return new Report(version, lines, strays);
    }

    private static List<Row> rows(Report report, int others, int replies) {
        var rows = new ArrayList<Row>();
        report.lines().forEach((n, line) -> rows.add(Row.of(n, line.cutTo(others, replies))));
        if (!report.strays().equals(Line.EMPTY)) {
            rows.add(Row.of(STRAYS, report.strays().cutTo(others, replies)));
        }
        return rows;
    }

    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Row(
            @JsonProperty("n") int n,
            @JsonProperty("i") @Nullable String id,
            @JsonProperty("f") @Nullable List<FactRow> facts,
            @JsonProperty("k") @Nullable Set<Integer> cut,
            @JsonProperty("t") @Nullable Instant sentAt,
            @JsonProperty("r") @Nullable List<String> replies) {

        static Row of(int n, Line line) {
            return new Row(
                    n,
                    line.id(),
                    line.history().facts().stream().map(FactRow::of).toList(),
                    line.history().cut(),
                    line.sentAt(),
                    line.replies().stream().map(ReplyId::toString).toList());
        }

        Line line() {
            var known = facts == null
                    ? List.<StatusFact>of()
                    : facts.stream().map(FactRow::fact).toList();
            var marks = cut == null ? new TreeSet<Integer>() : new TreeSet<>(cut);
            var ids = new TreeSet<ReplyId>();
            if (replies != null) {
                replies.forEach(reply -> ids.add(ReplyId.read(reply)));
            }
            return new Line(id, new StatusHistory(known, marks), sentAt, ids);
        }
    }
}
