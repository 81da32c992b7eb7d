package hoopoe.local.every8d;

import hoopoe.local.stage.Switches;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Validates an order before credit is counted (document §1.2, §2.2, §2.3; row statuses §3.2). */
final class OrderValidator {
    private static final Duration FORGIVEN = Duration.ofHours(24);
    private static final int LONGEST_NAME = 50;

    private final Switches switches;
    private final Price price;

    OrderValidator(Switches switches) {
        this.switches = switches;
        this.price = new Price(switches);
    }

    /** A reason to refuse the whole call. */
    Optional<Refusal> refusal(List<Receiver> receivers, Instant now) {
        if (receivers.stream().allMatch(receiver -> receiver.mobile().isBlank())) {
            return Optional.of(Refusal.of(Refusal.NO_NUMBER));
        }
        if (receivers.stream().anyMatch(receiver -> receiver.text().isEmpty())) {
            return Optional.of(Refusal.of(Refusal.NO_TEXT));
        }
        return badNumbers(receivers).or(() -> badTime(receivers)).or(() -> pastTime(receivers, now));
    }

    private Optional<Refusal> badNumbers(List<Receiver> receivers) {
        if (!switches.is(Switch.BadNumber.CALL_REFUSED)) {
            return Optional.empty();
        }
        List<String> bad = receivers.stream()
                .map(Receiver::mobile)
                .filter(mobile -> Mobile.parse(mobile).isEmpty())
                .toList();
        return bad.isEmpty()
                ? Optional.empty()
                : Optional.of(new Refusal(Refusal.BAD_NUMBER, "手機格式不符:" + String.join(",", bad)));
    }

    private Optional<Refusal> badTime(List<Receiver> receivers) {
        boolean bad = switches.is(Switch.BadTime.CALL_REFUSED)
                && receivers.stream().anyMatch(receiver -> unreadable(receiver.sendTime()));
        return bad ? Optional.of(Refusal.of(Refusal.BAD_TIME)) : Optional.empty();
    }

    private Optional<Refusal> pastTime(List<Receiver> receivers, Instant now) {
        Instant earliest =
                switch (switches.get(Switch.PastTime.class)) {
                    case ROW_MINUS_4 -> Instant.MIN;
                    case CALL_REFUSED -> now.minus(FORGIVEN);
                    case ANY_PAST_REFUSED -> now;
                };
        boolean past = receivers.stream()
                .flatMap(receiver -> TaipeiTime.parse(receiver.sendTime()).stream())
                .anyMatch(time -> time.isBefore(earliest));
        return past ? Optional.of(Refusal.overdue()) : Optional.empty();
    }

    List<Row> rows(Account account, List<Receiver> receivers, Instant now) {
        List<Row> rows = new ArrayList<>();
        for (Receiver receiver : receivers) {
            rows.add(row(account, receiver, rows.size() + 1, now));
        }
        return rows;
    }

    private Row row(Account account, Receiver receiver, int record, Instant now) {
        Optional<Mobile> mobile = Mobile.parse(receiver.mobile());
        String written = mobile.map(Mobile::number).orElse(receiver.mobile());
        Row.Order order = new Row.Order(record, receiver.name(), written, receiver.email(), receiver.text());
        Instant wanted = receiver.sendTime().isEmpty()
                ? now
                : TaipeiTime.parse(receiver.sendTime()).orElse(now);
        int status = status(account, receiver, mobile, wanted, now);
        Row row = new Row(order, wanted.isAfter(now) ? wanted : now, status);
        if (row.isSent()) {
            row.cost = cost(account, receiver, mobile.orElseThrow());
        }
        return row;
    }

    private int status(Account account, Receiver receiver, Optional<Mobile> mobile, Instant wanted, Instant now) {
        if (mobile.isEmpty()) {
            return Row.BAD_NUMBER;
        }
        if (receiver.name().length() > LONGEST_NAME) {
            return Row.BAD_PARAMETER;
        }
        if (unreadable(receiver.sendTime())) {
            return Row.BAD_TIME;
        }
        if (wanted.isBefore(now.minus(FORGIVEN))) {
            return Row.OVERDUE;
        }
        if (receiver.text().length() > Price.LONGEST_LADDER && switches.is(Switch.TooLong.ROW_MINUS_5)) {
            return Row.TOO_LONG;
        }
        if (!mobile.get().taiwan() && !account.international()) {
            return Row.ABROAD_IS_OFF;
        }
        return wanted.isAfter(now) ? Row.SCHEDULED : Row.WITH_CARRIER;
    }

    private BigDecimal cost(Account account, Receiver receiver, Mobile mobile) {
        boolean dearLocal = receiver.fromXml() && mobile.local() && switches.is(Switch.LocalForm.TRIPLE_IN_XML);
        return price.of(receiver.text().length(), !mobile.taiwan() || dearLocal).multiply(account.price());
    }

    private static boolean unreadable(String sendTime) {
        return !sendTime.isEmpty() && TaipeiTime.parse(sendTime).isEmpty();
    }

    /** The numbers of the rows that were not sent, as FAIL_MOBILE has them. */
    static String failed(List<Row> rows) {
        return rows.stream()
                .filter(row -> !row.isSent())
                .map(row -> row.order.mobile())
                .collect(Collectors.joining("/"));
    }
}
