package hoopoe.local.every8d;

import hoopoe.local.stage.Agenda;
import hoopoe.local.stage.Switches;
import java.util.Optional;

/** Gives each call its result text; empty where the service has nothing to say. */
final class Operations {
    private final Agenda agenda;
    private final Accounts accounts;
    private final Switches switches;
    private final Batches batches;
    private final Orders orders;
    private final ReportText reports;
    private final Booking booking;

    Operations(Agenda agenda, Accounts accounts, Switches switches, Batches batches, Orders orders) {
        this.agenda = agenda;
        this.accounts = accounts;
        this.switches = switches;
        this.batches = batches;
        this.orders = orders;
        this.reports = new ReportText(switches);
        this.booking = new Booking(switches);
    }

    String result(SoapCall call) {
        return agenda.exclusively(() -> switch (call.operation()) {
            case GET_CONNECTION -> accounts.login(call.text("userID"), call.text("password"));
            case CLOSE_CONNECTION -> accounts.close(call.text("sessionKey"));
            default ->
                accounts.holder(call.text("sessionKey"))
                        .map(account -> result(account, call))
                        .orElseGet(() -> refused(call.operation(), Refusal.of(Refusal.NO_SESSION)));
        });
    }

    private String result(Account account, SoapCall call) {
        return switch (call.operation()) {
            case SEND_SMS, SEND_MESSAGE, SEND_PARAM_SMS -> orders.place(account, call);
            case GET_DELIVERY_STATUS ->
                batch(account, call)
                        .map(batch -> reports.page(batch, call.text("pageNo")))
                        .orElseGet(reports::unknownBatch);
            case ERASE_BOOKING -> batch(account, call).map(booking::erase).orElseGet(booking::unknown);
            case GET_CREDIT -> SendLine.fixed(account.credit(), 2);
            default -> "";
        };
    }

    private Optional<Batch> batch(Account account, SoapCall call) {
        return batches.find(account, call.text("batchID"));
    }

    /** A refusal as this operation words it. */
    String refused(Operation operation, Refusal refusal) {
        return switch (operation) {
            case GET_CONNECTION -> LoginText.refused(refusal);
            case GET_DELIVERY_STATUS -> reports.error(refusal);
            default -> refusal.line(switches.get(Switch.ErrorForm.class));
        };
    }
}
