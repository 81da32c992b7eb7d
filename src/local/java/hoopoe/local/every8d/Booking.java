package hoopoe.local.every8d;

import hoopoe.local.stage.Switches;
import java.math.BigDecimal;
import java.util.List;

/** Cancels scheduled messages. Returns {@code a,b}, the number of deleted messages and the points given back, or an empty text. */
final class Booking {
    private final Switches switches;

    Booking(Switches switches) {
        this.switches = switches;
    }

    String erase(Batch batch) {
        List<Row> waiting =
                batch.rows().stream().filter(row -> row.status == Row.SCHEDULED).toList();
        if (waiting.isEmpty()) {
            return switches.is(Switch.EraseAgain.EMPTY)
                    ? ""
                    : Refusal.erasedOrSent().line(switches.get(Switch.ErrorForm.class));
        }
        BigDecimal points = CreditLimit.total(waiting);
        batch.account().add(points);
        waiting.forEach(row -> row.status = Row.CANCELLED);
        return waiting.size() + "," + SendLine.fixed(points, 2);
    }

    String unknown() {
        return switches.is(Switch.EraseUnknown.EMPTY)
                ? ""
                : Refusal.of(Refusal.NO_SUCH_DATA).line(switches.get(Switch.ErrorForm.class));
    }
}
