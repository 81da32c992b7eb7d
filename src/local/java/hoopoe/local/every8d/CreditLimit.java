package hoopoe.local.every8d;

import hoopoe.local.stage.Switches;
import java.math.BigDecimal;
import java.util.List;

/** Compares credit with cost: messages that the credit does not cover become unsent (document §1.2). */
final class CreditLimit {
    private final Switches switches;

    CreditLimit(Switches switches) {
        this.switches = switches;
    }

    /** @return how many rows stay unsent for want of credit */
    int charge(Account account, List<Row> rows) {
        BigDecimal left = account.credit();
        boolean enough = left.compareTo(total(rows)) >= 0 || switches.is(Switch.Exhausted.OVERDRAWN);
        boolean open = enough || switches.is(Switch.Exhausted.PARTLY);
        int unsent = 0;
        for (Row row : rows) {
            open &= enough || left.compareTo(row.cost) >= 0 || !row.isSent();
            if (open) {
                left = left.subtract(row.cost);
            } else if (row.isSent()) {
                leaveUnsent(row);
                unsent++;
            }
        }
        account.add(total(rows).negate());
        return unsent;
    }

    static BigDecimal total(List<Row> rows) {
        return rows.stream().map(row -> row.cost).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private void leaveUnsent(Row row) {
        row.status = Row.NO_CREDIT;
        row.cost = BigDecimal.ZERO;
        row.listed = switches.is(Switch.Unsent.ROW_301);
    }
}
