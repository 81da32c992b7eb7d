package hoopoe.provider.smspanel;

import hoopoe.provider.InboxAnswer;
import hoopoe.provider.InboxRead;
import hoopoe.provider.InboxRead.Messages;
import hoopoe.provider.InboxRead.Received;
import hoopoe.provider.InboxRead.Refused;
import hoopoe.provider.InboxRead.Unreadable;
import hoopoe.provider.soap.EncodedValue;
import hoopoe.provider.soap.EncodedValue.Entries;
import hoopoe.provider.soap.EncodedValue.Items;
import hoopoe.provider.soap.RpcAnswer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What {@code GetMsg} returned: {@code from}, {@code to}, {@code msg} and {@code time} of each message (providers.md C3.2). */
final class InboxText {

    /** Of a full answer: "the last 50 unread messages". */
    private static final int FULL = 50;

    private static final int OK = 200;
    private static final List<String> FIELDS = List.of("from", "to", "msg", "time");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,10}");
    private static final Pattern MILLIS = Pattern.compile("\\d{13}");

    private InboxText() {}

    /** Total. Messages are messages under whatever HTTP status, because they are gone at the panel; all else needs a 200. */
    static InboxRead read(InboxAnswer.Raw raw) {
        var answer = RpcAnswer.read(raw.body(), raw.contentType());
        if (answer instanceof RpcAnswer.Fault) {
            return new Unreadable("fault");
        }
        var read =
                answer instanceof RpcAnswer.Returned returned ? returned(returned.value()) : new Unreadable("envelope");
        return raw.status() == OK || read instanceof Messages ? read : new Unreadable("http_" + raw.status());
    }

    private static InboxRead returned(EncodedValue value) {
        var code = SmspanelError.code(value);
        var result = result(value);
        var messages = messages(result);
        if (code.filter("0"::equals).isPresent()) {
            return messages.map(InboxText::read).orElse(new Unreadable("malformed"));
        }
        // Whatever the code, or the lack of one: they are gone at the panel.
        if (messages.filter(InboxText::areMessages).isPresent()) {
            return read(messages.get());
        }
        return code.<InboxRead>map(wrong -> refused(SmspanelError.of(wrong, value)))
                .orElse(new Unreadable("malformed"));
    }

    private static InboxRead read(List<EncodedValue> messages) {
        return new Messages(apart(messages.stream().map(InboxText::message).toList()), messages.size() >= FULL);
    }

    /** Equal ones in one answer are as many messages: the second is told from the first by being the second. */
    private static List<Received> apart(List<Received> messages) {
        var times = new HashMap<String, Integer>();
        return messages.stream()
                .map(message -> {
                    int time = times.merge(message.identity(), 1, Integer::sum);
                    return time == 1 ? message : message.again(time);
                })
                .toList();
    }

    private static Refused refused(SmspanelError error) {
        return new Refused(error.code(), error.text());
    }

    private static boolean areMessages(List<EncodedValue> values) {
        return !values.isEmpty()
                && values.stream()
                        .allMatch(value -> value instanceof Entries entries
                                && entries.get("from").isPresent()
                                && entries.get("msg").isPresent());
    }

    private static EncodedValue result(EncodedValue value) {
        if (value instanceof Entries entries) {
            var result = entries.get(SmspanelError.RESULT);
            if (result.isPresent() || SmspanelError.code(value).isPresent()) {
                return result.orElse(new EncodedValue.Nothing()).structured();
            }
        }
        return value;
    }

    /** Empty where it is neither messages nor nothing: PHP's {@code Array}, for one. */
    private static Optional<List<EncodedValue>> messages(EncodedValue result) {
        if (result instanceof Items items) {
            return Optional.of(items.items());
        }
        if (result instanceof Entries entries) {
            return Optional.of(
                    FIELDS.stream().anyMatch(field -> entries.get(field).isPresent())
                            ? List.of(entries)
                            : List.copyOf(entries.entries().values()));
        }
        return result.isEmpty() ? Optional.of(List.of()) : Optional.empty();
    }

    /** It is gone at the panel, so whatever it is, it is kept. */
    private static Received message(EncodedValue value) {
        if (!(value instanceof Entries entries)) {
            return new Received(null, null, null, value.line(), value.line());
        }
        var from = field(entries, "from");
        var to = field(entries, "to");
        var time = field(entries, "time");
        var text = entries.get("msg").map(InboxText::text).orElse("");
        return new Received(
                SmspanelNumbers.read(from).orElse(null),
                to.isEmpty() ? null : to,
                time(time),
                text,
                String.join("\u0001", from, to, time, text));
    }

    private static String text(EncodedValue msg) {
        if (msg instanceof EncodedValue.Text text) {
            return text.text();
        }
        return msg.isEmpty() ? "" : msg.line();
    }

    private static String field(Entries entries, String name) {
        return entries.get(name)
                .flatMap(EncodedValue::asText)
                .map(PersianDigits::ascii)
                .orElse("");
    }

    /** Seconds since 1970, or milliseconds where there are 13 digits. */
    private static @Nullable Instant time(String time) {
        try {
            if (MILLIS.matcher(time).matches()) {
                return Instant.ofEpochMilli(Long.parseLong(time));
            }
            return SECONDS.matcher(time).matches() ? Instant.ofEpochSecond(Long.parseLong(time)) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
