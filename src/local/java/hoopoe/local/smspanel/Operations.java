package hoopoe.local.smspanel;

import hoopoe.local.stage.Agenda;
import hoopoe.local.stage.Switches;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Computes the panel's result of each call. */
final class Operations {
    private final Agenda agenda;
    private final Accounts accounts;
    private final Switches switches;
    private final Orders orders;
    private final Statuses statuses;
    private final Inbox inbox;

    Operations(
            Agenda agenda,
            Accounts accounts,
            Switches switches,
            Orders orders,
            SentMessages sentMessages,
            ReceivedMessages receivedMessages) {
        this.agenda = agenda;
        this.accounts = accounts;
        this.switches = switches;
        this.orders = orders;
        this.statuses = new Statuses(switches, sentMessages);
        this.inbox = new Inbox(switches, receivedMessages);
    }

    /** @throws SoapFault where PHP would have failed over an argument */
    Php result(SoapCall call) {
        return agenda.exclusively(() -> {
            Optional<Account> account = accounts.find(call.text("user"), call.text("pass"));
            return account.isEmpty() ? stranger(call) : result(account.get(), call);
        });
    }

    private Php result(Account account, SoapCall call) {
        return switch (call.operation()) {
            case GET_CREDIT -> ErrCode.done(call.operation(), new Php.Text(credit(account)));
            case SEND_SMS -> orders.oneToMany(account, call);
            case SEND_MULTIPLE_SMS -> orders.peerToPeer(account, call);
            case GET_STATUS -> statuses.of(account, call);
            case GET_MSG -> inbox.of(account);
        };
    }

    private Php stranger(SoapCall call) {
        Php once = ErrCode.of(call.operation(), ErrCode.UNKNOWN_USER);
        boolean each = call.operation() == Operation.SEND_MULTIPLE_SMS && switches.is(Switch.BadLogin.EACH);
        return each
                ? new Php.Listing(Stream.generate(() -> once)
                        .limit(call.texts("toNums").size())
                        .toList())
                : once;
    }

    private String credit(Account account) {
        return switches.is(Switch.Credit.PLAIN)
                ? account.credit().toPlainString()
                : String.format(Locale.ROOT, "%,.1f", account.credit());
    }

    /** {@code Array} where the switch says so. */
    static Php array(Switches switches, Php value) {
        return switches.is(Switch.Arrays.LOST) ? new Php.Text("Array") : value;
    }

    static Php texts(List<String> texts) {
        return new Php.Listing(texts.stream().map(Php.Text::new).toList());
    }
}
