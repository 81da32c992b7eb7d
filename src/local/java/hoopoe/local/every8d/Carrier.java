package hoopoe.local.every8d;

import hoopoe.local.stage.Agenda;
import hoopoe.local.stage.Fate;
import hoopoe.local.stage.Fates;
import hoopoe.local.stage.Switches;
import hoopoe.local.stage.Timings;
import java.time.Instant;
import java.util.function.Supplier;

/** Gives each message the result that its number decides, and has it reported. */
final class Carrier {
    private final Agenda agenda;
    private final Fates fates;
    private final Switches switches;
    private final CallbackSender callbackSender;
    private final Supplier<Timings> timings;

    Carrier(Agenda agenda, Fates fates, Switches switches, CallbackSender callbackSender, Supplier<Timings> timings) {
        this.agenda = agenda;
        this.fates = fates;
        this.switches = switches;
        this.callbackSender = callbackSender;
        this.timings = timings;
    }

    void take(Batch batch, Row row) {
        if (row.status == Row.SCHEDULED) {
            agenda.at(row.sentAt, () -> sendScheduled(batch, row));
        } else if (row.status == Row.WITH_CARRIER) {
            send(batch, row, agenda.now());
        } else if (row.listed) {
            Instant at = row.sentAt.plus(timings.get().report());
            agenda.at(at, () -> callbackSender.report(batch, row, at));
        }
    }

    private void sendScheduled(Batch batch, Row row) {
        if (row.status == Row.SCHEDULED) {
            row.status = Row.WITH_CARRIER;
            send(batch, row, row.sentAt);
        }
    }

    private void send(Batch batch, Row row, Instant from) {
        if (switches.is(Switch.CallbackInterim.ZERO_TOO)) {
            callbackSender.report(batch, row, row.sentAt);
        }
        Fate fate = fates.of(row.order.mobile());
        Instant at = from.plus(
                fate.late() ? timings.get().lateReport() : timings.get().report());
        fate.status()
                .ifPresent(status -> agenda.at(at, () -> {
                    settle(batch, row, status, at);
                    Instant answered = at.plus(timings.get().reply());
                    fate.replies().forEach(text -> agenda.at(answered, () -> reply(batch, row, text, answered)));
                }));
    }

    /** The message ends so, and the customer is told. */
    void settle(Batch batch, Row row, int status, Instant at) {
        row.status = status;
        callbackSender.report(batch, row, at);
    }

    /** Its receiver answers. */
    void reply(Batch batch, Row row, String text, Instant at) {
        Row.Reply reply = new Row.Reply(at, text);
        if (!switches.is(Switch.ReplyChannel.CALLBACK_ONLY)) {
            row.replies.add(reply);
        }
        if (!switches.is(Switch.ReplyChannel.REPORT_ONLY)) {
            callbackSender.reply(batch, row, reply);
        }
    }
}
