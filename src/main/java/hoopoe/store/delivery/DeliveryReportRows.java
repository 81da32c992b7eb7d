package hoopoe.store.delivery;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import hoopoe.delivery.DeliveryReport;
import hoopoe.message.MessageReport;
import hoopoe.message.MessageState;
import hoopoe.message.ReplyId;
import hoopoe.message.StatusFact;
import hoopoe.message.StatusHistory;
import hoopoe.platform.Json;
import hoopoe.store.table.PackedAttribute;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Packs a delivery report as deflated JSON, because rows are alike and a write is paid by the kilobyte. */
final class DeliveryReportRows {

    /** An item may have 400 KB. */
    static final int MOST_BYTES = 350 * 1024;

    private static final int STRAYS = -1;
    private static final TypeReference<List<PackedRow>> ROWS = new TypeReference<>() {};

    /** How many superseded facts and how many replies a message keeps, from the most to what always fits. */
    private static final int[][] ROOM = {{StatusHistory.OTHERS, MessageReport.MOST_REPLIES}, {1, 5}, {0, 2}, {0, 0}};

    private DeliveryReportRows() {}

    /** @throws IllegalStateException where even the winning facts do not fit: more messages than a dispatch may have */
    static byte[] pack(DeliveryReport deliveryReport) {
        for (var room : ROOM) {
            var bytes = PackedAttribute.deflate(Json.bytes(rows(deliveryReport, room[0], room[1])));
            if (bytes.length <= MOST_BYTES) {
                return bytes;
            }
        }
        throw new IllegalStateException("a report without end");
    }

    static DeliveryReport unpack(int version, byte[] bytes) {
        var lines = new TreeMap<Integer, MessageReport>();
        var strays = MessageReport.EMPTY;
        for (var packedRow : Json.read(PackedAttribute.inflate(bytes), ROWS)) {
            if (packedRow.n() == STRAYS) {
                strays = packedRow.line();
            } else {
                lines.put(packedRow.n(), packedRow.line());
            }
        }
        return new DeliveryReport(version, lines, strays);
    }

    private static List<PackedRow> rows(DeliveryReport deliveryReport, int others, int replies) {
        var rows = new ArrayList<PackedRow>();
        deliveryReport
                .lines()
                .forEach((n, messageReport) -> rows.add(PackedRow.of(n, messageReport.cutTo(others, replies))));
        if (!deliveryReport.strays().equals(MessageReport.EMPTY)) {
            rows.add(PackedRow.of(STRAYS, deliveryReport.strays().cutTo(others, replies)));
        }
        return rows;
    }

    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record PackedRow(
            @JsonProperty("n") int n,
            @JsonProperty("i") @Nullable String id,
            @JsonProperty("f") @Nullable List<StatusFactRow> facts,
            @JsonProperty("k") @Nullable Set<Integer> cut,
            @JsonProperty("t") @Nullable Instant sentAt,
            @JsonProperty("r") @Nullable List<String> replies) {

        static PackedRow of(int n, MessageReport messageReport) {
            return new PackedRow(
                    n,
                    messageReport.id(),
                    messageReport.history().facts().stream()
                            .map(StatusFactRow::of)
                            .toList(),
                    messageReport.history().cut(),
                    messageReport.sentAt(),
                    messageReport.replies().stream().map(ReplyId::toString).toList());
        }

        MessageReport line() {
            var known = facts == null
                    ? List.<StatusFact>of()
                    : facts.stream().map(StatusFactRow::fact).toList();
            var marks = cut == null ? new TreeSet<Integer>() : new TreeSet<>(cut);
            var ids = new TreeSet<ReplyId>();
            if (replies != null) {
                replies.forEach(reply -> ids.add(ReplyId.read(reply)));
            }
            return new MessageReport(id, new StatusHistory(known, marks), sentAt, ids);
        }
    }

    /** A status fact as it is packed. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StatusFactRow(
            @JsonProperty("s") String state,
            @JsonProperty("a") @Nullable Instant at,
            @JsonProperty("c") @Nullable String code,
            @JsonProperty("x") @Nullable String text,
            @JsonProperty("p") @Nullable String cost,
            @JsonProperty("o") String source) {

        static StatusFactRow of(StatusFact statusFact) {
            return new StatusFactRow(
                    statusFact.state().label(),
                    statusFact.at(),
                    orNull(statusFact.code()),
                    orNull(statusFact.text()),
                    statusFact.cost(),
                    statusFact.source().name());
        }

        StatusFact fact() {
            return new StatusFact(
                    MessageState.of(state), at, orEmpty(code), orEmpty(text), cost, StatusFact.Source.valueOf(source));
        }

        private static @Nullable String orNull(String text) {
            return text.isEmpty() ? null : text;
        }

        private static String orEmpty(@Nullable String text) {
            return text == null ? "" : text;
        }
    }
}
