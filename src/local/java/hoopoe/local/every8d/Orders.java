package hoopoe.local.every8d;

import hoopoe.local.stage.Switches;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Takes the three kinds of send. */
final class Orders {
    private final Clock clock;
    private final Switches switches;
    private final Batches batches;
    private final Carrier carrier;
    private final OrderValidator orderValidator;
    private final CreditLimit creditLimit;
    private final SendLine line;

    Orders(Clock clock, Switches switches, Batches batches, Carrier carrier) {
        this.clock = clock;
        this.switches = switches;
        this.batches = batches;
        this.carrier = carrier;
        this.orderValidator = new OrderValidator(switches);
        this.creditLimit = new CreditLimit(switches);
        this.line = new SendLine(switches);
    }

    String place(Account account, SoapCall call) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Optional<List<Receiver>> receivers = receivers(call);
        if (receivers.isEmpty() || !validity(call.text("retryTime"))) {
            return refused(Refusal.of(Refusal.BAD_PARAMETER));
        }
        return orderValidator
                .refusal(receivers.get(), now)
                .map(this::refused)
                .orElseGet(() -> take(account, call, orderValidator.rows(account, receivers.get(), now), now));
    }

    private String take(Account account, SoapCall call, List<Row> rows, Instant now) {
        int unsent = creditLimit.charge(account, rows);
        String id = Batches.newId(switches.get(Switch.BatchId.class));
        Batch batch = new Batch(
                id, account, call.operation(), call.text("subject"), call.text("retryTime"), now, List.copyOf(rows));
        batches.add(batch);
        String answer = line.of(batch, account.credit(), unsent);
        rows.forEach(row -> carrier.take(batch, row));
        return answer;
    }

    private String refused(Refusal refusal) {
        return refusal.line(switches.get(Switch.ErrorForm.class));
    }

    private static Optional<List<Receiver>> receivers(SoapCall call) {
        String sendTime = call.text("sendTime").strip();
        if (call.operation() == Operation.SEND_PARAM_SMS) {
            return ReceiversXml.read(call.text("contentXML"), sendTime);
        }
        return Optional.of(Arrays.stream(call.text("mobile").split(","))
                .map(mobile -> new Receiver("", mobile, "", call.text("content"), sendTime, false))
                .toList());
    }

    /** Whole minutes, at least one; empty for the service's 1440. */
    private static boolean validity(String retryTime) {
        return retryTime.isBlank() || retryTime.strip().matches("[1-9]\\d{0,6}");
    }
}
