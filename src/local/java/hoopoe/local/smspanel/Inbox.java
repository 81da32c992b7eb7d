package hoopoe.local.smspanel;

import hoopoe.local.stage.Switches;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** GetMsg. */
final class Inbox {
    private final Switches switches;
    private final ReceivedMessages receivedMessages;

    Inbox(Switches switches, ReceivedMessages receivedMessages) {
        this.switches = switches;
        this.receivedMessages = receivedMessages;
    }

    Php of(Account account) {
        List<Php> messages = receivedMessages.take(account, switches.is(Switch.Reading.CONSUMES)).stream()
                .map(this::message)
                .toList();
        return ErrCode.done(Operation.GET_MSG, result(messages));
    }

    private Php result(List<Php> messages) {
        if (messages.size() == 1 && switches.is(Switch.OneMessage.BARE)) {
            return messages.get(0);
        }
        return messages.isEmpty() ? nothing() : Operations.array(switches, new Php.Listing(messages));
    }

    private Php nothing() {
        return switch (switches.get(Switch.EmptyInbox.class)) {
            case EMPTY_LIST -> new Php.Listing(List.of());
            case EMPTY_TEXT -> new Php.Text("");
            case NIL -> new Php.Null();
        };
    }

    private Php message(ReceivedMessage message) {
        Map<String, Php> entries = new LinkedHashMap<>();
        entries.put("from", new Php.Text(message.from()));
        entries.put("to", new Php.Text(message.to()));
        entries.put("msg", new Php.Text(message.text()));
        entries.put("time", time(message));
        return new Php.Keyed(entries, false);
    }

    private Php time(ReceivedMessage message) {
        return switch (switches.get(Switch.MessageTime.class)) {
            case SECONDS -> new Php.Number(message.at().getEpochSecond());
            case SECONDS_AS_TEXT -> new Php.Text(Long.toString(message.at().getEpochSecond()));
            case MILLISECONDS -> new Php.Number(message.at().toEpochMilli());
        };
    }
}
