package hoopoe.local.smspanel;

import hoopoe.local.stage.Agenda;
import hoopoe.local.stage.Fate;
import hoopoe.local.stage.Fates;
import hoopoe.local.stage.Timings;
import java.time.Instant;
import java.util.function.Supplier;

/** Gives each message the result that its number decides. */
final class Carrier {
    private final Agenda agenda;
    private final Fates fates;
    private final SentMessages sentMessages;
    private final ReceivedMessages receivedMessages;
    private final Supplier<Timings> timings;

    Carrier(
            Agenda agenda,
            Fates fates,
            SentMessages sentMessages,
            ReceivedMessages receivedMessages,
            Supplier<Timings> timings) {
        this.agenda = agenda;
        this.fates = fates;
        this.sentMessages = sentMessages;
        this.receivedMessages = receivedMessages;
        this.timings = timings;
    }

    void take(SentMessage message) {
        Fate fate = Mobile.parse(message.to())
                .map(mobile -> fates.of(mobile.national()))
                .orElse(Fate.ending(SentMessage.TELECOM_PROBLEM));
        Instant at = agenda.now()
                .plus(fate.late() ? timings.get().lateReport() : timings.get().report());
        fate.status().ifPresent(status -> agenda.at(at, () -> sentMessages.settle(message.id(), status)));
        Instant answered = at.plus(timings.get().reply());
        fate.replies().forEach(text -> agenda.at(answered, () -> reply(message, text, answered)));
    }

    private void reply(SentMessage message, String text, Instant at) {
        Mobile.parse(message.to())
                .ifPresent(mobile -> receivedMessages.add(
                        new ReceivedMessage(message.user(), mobile.international(), message.from(), text, at, false)));
    }
}
