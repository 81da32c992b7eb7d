package hoopoe.local.text421;

import hoopoe.local.stage.Agenda;
import hoopoe.local.stage.Fate;
import hoopoe.local.stage.Fates;
import hoopoe.local.stage.Switches;
import hoopoe.local.stage.Timings;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Takes orders, charges, gives messages their results, and receives SMS. Used under the agenda's lock only. */
final class Orders {
    private final Agenda agenda;
    private final Switches switches;
    private final Fates fates;
    private final CallbackSender callbackSender;
    private final Supplier<Timings> timings;
    private final Messages messages = new Messages();
    private final Map<String, Account> accounts = new ConcurrentHashMap<>();
    private final OrderValidator orderValidator;

    Orders(
            Agenda agenda,
            Switches switches,
            MobileNetworks mobileNetworks,
            Fates fates,
            CallbackSender callbackSender,
            Supplier<Timings> timings) {
        this.agenda = agenda;
        this.switches = switches;
        this.fates = fates;
        this.callbackSender = callbackSender;
        this.timings = timings;
        this.orderValidator = new OrderValidator(switches, mobileNetworks, messages);
    }

    Messages ledger() {
        return messages;
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
        return orderValidator.refusal(order).or(() -> refusalOfOne(order)).orElseGet(() -> take(order));
    }

    private Optional<Verdict> refusalOfOne(BillOrder order) {
        boolean tolerant = switches.is(Switch.BadRecipient.IS_LEFT_OUT)
                && order.recipients().size() > 1;
        return tolerant
                ? Optional.empty()
                : order.recipients().stream()
                        .flatMap(one -> orderValidator.refusal(one).stream())
                        .findFirst();
    }

    private Verdict take(BillOrder order) {
        List<BillOrder.Recipient> good = orderValidator.good(order);
        good.forEach(recipient -> charge(order, recipient));
        return Verdict.taken(good.size());
    }

    private void charge(BillOrder order, BillOrder.Recipient recipient) {
        Instant now = agenda.now();
        Instant sent = BratislavaTime.read(order.delivery())
                .filter(time -> time.isAfter(now))
                .orElse(now);
        SentMessage sentMessage = new SentMessage(order.username(), order, recipient, now, 0, null);
        messages.charge(sentMessage);
        Fate fate = fates.of(recipient.msisdn());
        Instant at = sent.plus(
                fate.late() ? timings.get().lateReport() : timings.get().report());
        fate.status().ifPresent(status -> agenda.at(at, () -> meet(sentMessage.id(), fate, status, at)));
    }

    private void meet(String id, Fate fate, int status, Instant at) {
        settle(id, status, at);
        messages.message(id).ifPresent(sentMessage -> fate.replies()
                .forEach(text -> agenda.at(
                        at.plus(timings.get().reply()),
                        () -> receive(
                                sentMessage.user(),
                                sentMessage.recipient().msisdn(),
                                text,
                                sentMessage.order().from()))));
    }

    /** It ends so, and the partner is told; false when there is no such message. */
    boolean settle(String id, int status, Instant at) {
        Optional<SentMessage> found = messages.message(id);
        found.ifPresent(sentMessage -> {
            SentMessage settled = sentMessage.settled(status, at);
            messages.settle(sentMessage, settled);
            account(sentMessage.user()).ifPresent(account -> callbackSender.settled(account, settled));
        });
        return found.isPresent();
    }

    /** A person writes to the partner's short number. */
    ReceivedMessage receive(String user, String msisdn, String text, String source) {
        boolean withId = switches.is(Switch.ReceivedId.EVERY_SMS);
        ReceivedMessage sms = messages.receive(msisdn, text, source, withId, agenda.now());
        account(user).ifPresent(account -> callbackSender.received(account, sms));
        return sms;
    }
}
