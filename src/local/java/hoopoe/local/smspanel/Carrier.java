package hoopoe.local.smspanel;

import hoopoe.local.stage.Agenda;
import java.time.Instant;

/** Gives each message the result that its number decides. */
final class Carrier {
    private final Agenda agenda;
    private final SentMessages sentMessages;
    private final ReceivedMessages receivedMessages;
    private volatile Timings timings = Timings.usual();

    Carrier(Agenda agenda, SentMessages sentMessages, ReceivedMessages receivedMessages) {
        this.agenda = agenda;
        this.sentMessages = sentMessages;
        this.receivedMessages = receivedMessages;
    }

    void timings(Timings other) {
        timings = other;
    }

    void take(SentMessage message) {
        Fate fate = Mobile.parse(message.to())
                .map(mobile -> Fate.of(mobile.national()))
                .orElse(Fate.ending(Fate.TELECOM_PROBLEM));
        Instant at = agenda.now().plus(fate.late() ? timings.lateReport() : timings.report());
        agenda.at(at, () -> sentMessages.settle(message.id(), fate.status()));
        Instant answered = at.plus(timings.reply());
        fate.replies().forEach(text -> agenda.at(answered, () -> reply(message, text, answered)));
    }

    private void reply(SentMessage message, String text, Instant at) {
        Mobile.parse(message.to())
                .ifPresent(mobile -> receivedMessages.add(
                        new ReceivedMessage(message.user(), mobile.international(), message.from(), text, at, false)));
    }
}
