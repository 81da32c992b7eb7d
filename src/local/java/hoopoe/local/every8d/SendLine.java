package hoopoe.local.every8d;

import hoopoe.local.stage.Switches;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** The answer to a send: {@code CREDIT,SENDED,COST,UNSEND,BATCH_ID} (document §1.2), in each form that was seen. */
final class SendLine {
    private final Switches switches;

    SendLine(Switches switches) {
        this.switches = switches;
    }

    String of(Batch batch, BigDecimal credit, int unsent) {
        List<Row> rows = batch.rows();
        long sent = switches.is(Switch.Sended.TAKEN)
                ? rows.size()
                : rows.stream().filter(Row::isSent).count();
        BigDecimal cost = CreditLimit.total(rows);
        String five = String.join(",", points(credit), count(sent), points(cost), count(unsent), batch.id());
        return switch (switches.get(Switch.Fields.class)) {
            case FIVE -> five;
            case FOUR -> String.join(",", points(credit), count(sent), cost.toBigInteger() + "." + unsent, batch.id());
            case SIX -> five + "," + OrderValidator.failed(rows);
            case SEVEN -> five + "," + OrderValidator.failed(rows) + "," + batch.id();
        };
    }

    String points(BigDecimal points) {
        int decimals =
                switch (switches.get(Switch.Points.class)) {
                    case ONE_DECIMAL -> 1;
                    case TWO_DECIMALS -> 2;
                    case WHOLE -> 0;
                };
        return fixed(points, decimals);
    }

    static String fixed(BigDecimal points, int decimals) {
        return points.setScale(decimals, RoundingMode.HALF_UP).toPlainString();
    }

    private String count(long number) {
        return switches.is(Switch.Counts.WHOLE) ? Long.toString(number) : number + ".0";
    }
}
