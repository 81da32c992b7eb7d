package hoopoe.local.text421;

import hoopoe.local.stage.Agenda;
import hoopoe.local.stage.Switches;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Takes orders, charges, lets happen what becomes of messages, and receives SMS. Used under the agenda's lock only. */
final class Office {
    private final Agenda agenda;
    private final Switches switches;
    private final Fates fates;
    private final Pushes pushes;
    private final Supplier<Timings> timings;
    private final Ledger ledger = new Ledger();
    private final Map<String, Account> accounts = new ConcurrentHashMap<>();
    private final Judge judge;

    Office(Agenda agenda, Switches switches, Networks networks, Fates fates, Pushes pushes, Supplier<Timings> timings) {
        this.agenda = agenda;
        this.switches = switches;
        this.fates = fates;
        this.pushes = pushes;
        this.timings = timings;
        this.judge = new Judge(switches, networks, ledger);
    }

    Ledger ledger() {
        return ledger;
    }

    Account open(String user, String password) {
        return accounts.computeIfAbsent(user, unknown -> new Account(user, password))
                .password(password);
    }

    Collection<Account> accounts() {
        return accounts.values();
    }

    Optional<Account> account(String user) {
        return Optional.ofNullable(accounts.get(user));
    }

    Optional<Account> account(String user, String password) {
        return account(user).filter(found -> found.hasPassword(password));
    }

    Verdict send(byte[] body) {
        Optional<BillOrder> read = BillXml.read(body, switches.is(Switch.ElementOrder.KEPT));
        if (read.isEmpty()) {
            return Verdict.unknownError();
        }
        BillOrder order = read.get();
        if (account(order.username(), order.password()).isEmpty()) {
            return new Verdict(401, "unknown username/password", 0);
        }
        return judge.refusal(order).or(() -> refusalOfOne(order)).orElseGet(() -> take(order));
    }

    private Optional<Verdict> refusalOfOne(BillOrder order) {
        boolean tolerant = switches.is(Switch.BadRecipient.IS_LEFT_OUT)
                && order.recipients().size() > 1;
        return tolerant
                ? Optional.empty()
                : order.recipients().stream()
                        .flatMap(one -> judge.refusal(one).stream())
                        .findFirst();
    }

    private Verdict take(BillOrder order) {
        List<BillOrder.Recipient> good = judge.good(order);
        good.forEach(recipient -> charge(order, recipient));
        return Verdict.taken(good.size());
    }

    private void charge(BillOrder order, BillOrder.Recipient recipient) {
        Instant now = agenda.now();
        Instant sent = BratislavaTime.read(order.delivery())
                .filter(time -> time.isAfter(now))
                .orElse(now);
        Message message = new Message(order.username(), order, recipient, now, 0, null);
        ledger.charge(message);
        Fate fate = fates.of(recipient.msisdn());
        Instant at = sent.plus(
                fate.late() ? timings.get().lateReport() : timings.get().report());
        fate.status().ifPresent(status -> agenda.at(at, () -> meet(message.id(), fate, status, at)));
    }

    private void meet(String id, Fate fate, int status, Instant at) {
        settle(id, status, at);
        ledger.message(id).ifPresent(message -> fate.texts()
                .forEach(text -> agenda.at(
                        at.plus(timings.get().reply()),
                        () -> receive(
                                message.user(),
                                message.recipient().msisdn(),
                                text,
                                message.order().from()))));
    }

    /** It ends so, and the partner is told; false when there is no such message. */
    boolean settle(String id, int status, Instant at) {
        Optional<Message> found = ledger.message(id);
        found.ifPresent(message -> {
            Message settled = message.settled(status, at);
            ledger.settle(message, settled);
            account(message.user()).ifPresent(account -> pushes.settled(account, settled));
        });
        return found.isPresent();
    }

    /** Somebody writes to the partner's short number. */
    ReceivedSms receive(String user, String msisdn, String text, String source) {
        boolean withId = switches.is(Switch.ReceivedId.EVERY_SMS);
        ReceivedSms sms = ledger.receive(msisdn, text, source, withId, agenda.now());
        account(user).ifPresent(account -> pushes.received(account, sms));
        return sms;
    }
}
