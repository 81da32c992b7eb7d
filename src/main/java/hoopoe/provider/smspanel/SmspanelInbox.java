package hoopoe.provider.smspanel;

import hoopoe.provider.InboxContent;
import hoopoe.provider.InboxContent.InboxRefused;
import hoopoe.provider.InboxContent.Messages;
import hoopoe.provider.InboxContent.ReceivedMessage;
import hoopoe.provider.InboxContent.UnreadableInbox;
import hoopoe.provider.InboxResponse;
import hoopoe.provider.xml.RpcResponse;
import hoopoe.provider.xml.RpcValue;
import hoopoe.provider.xml.RpcValue.Entries;
import hoopoe.provider.xml.RpcValue.Items;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses {@code GetMsg}: {@code from}, {@code to}, {@code msg} and {@code time} of each message. */
final class SmspanelInbox {

    /** The messages of a full answer: "the last 50 unread messages". */
    private static final int FULL = 50;

    private static final int OK = 200;
    private static final List<String> FIELDS = List.of("from", "to", "msg", "time");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,10}");
    private static final Pattern MILLIS = Pattern.compile("\\d{13}");

    private SmspanelInbox() {}

    /** Never throws. Messages are read under any HTTP status, because the panel has deleted them; all else needs a 200. */
    static InboxContent read(InboxResponse.RawResponse rawResponse) {
        var answer = RpcResponse.read(rawResponse.body(), rawResponse.contentType());
        if (answer instanceof RpcResponse.RpcFault) {
            return new UnreadableInbox("fault");
        }
        var read = answer instanceof RpcResponse.RpcResult rpcResult
                ? returned(rpcResult.value())
                : new UnreadableInbox("envelope");
        return rawResponse.status() == OK || read instanceof Messages
                ? read
                : new UnreadableInbox("http_" + rawResponse.status());
    }

    private static InboxContent returned(RpcValue value) {
        var code = SmspanelError.code(value);
        var result = result(value);
        var messages = messages(result);
        if (code.filter("0"::equals).isPresent()) {
            return messages.map(SmspanelInbox::read).orElse(new UnreadableInbox("malformed"));
        }
        // Read with any code or none, because the panel has deleted them.
        if (messages.filter(SmspanelInbox::areMessages).isPresent()) {
            return read(messages.get());
        }
        return code.<InboxContent>map(wrong -> refused(SmspanelError.of(wrong, value)))
                .orElse(new UnreadableInbox("malformed"));
    }

    private static InboxContent read(List<RpcValue> messages) {
        return new Messages(apart(messages.stream().map(SmspanelInbox::message).toList()), messages.size() >= FULL);
    }

    /** Equal messages in one answer are different messages: the second is distinguished by its occurrence. */
    private static List<ReceivedMessage> apart(List<ReceivedMessage> messages) {
        var times = new HashMap<String, Integer>();
        return messages.stream()
                .map(message -> {
                    int time = times.merge(message.identity(), 1, Integer::sum);
                    return time == 1 ? message : message.again(time);
                })
                .toList();
    }

    private static InboxRefused refused(SmspanelError error) {
        return new InboxRefused(error.code(), error.text());
    }

    private static boolean areMessages(List<RpcValue> values) {
        return !values.isEmpty()
                && values.stream()
                        .allMatch(value -> value instanceof Entries entries
                                && entries.get("from").isPresent()
                                && entries.get("msg").isPresent());
    }

    private static RpcValue result(RpcValue value) {
        if (value instanceof Entries entries) {
            var result = entries.get(SmspanelError.RESULT);
            if (result.isPresent() || SmspanelError.code(value).isPresent()) {
                return result.orElse(new RpcValue.Nothing()).structured();
            }
        }
        return value;
    }

    /** Empty where the result is neither messages nor empty, for example PHP's {@code Array}. */
    private static Optional<List<RpcValue>> messages(RpcValue result) {
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

    /** Any value is kept, because the panel has deleted it. */
    private static ReceivedMessage message(RpcValue value) {
        if (!(value instanceof Entries entries)) {
            return new ReceivedMessage(null, null, null, value.line(), value.line());
        }
        var from = field(entries, "from");
        var to = field(entries, "to");
        var time = field(entries, "time");
        var text = entries.get("msg").map(SmspanelInbox::text).orElse("");
        return new ReceivedMessage(
                SmspanelNumbers.read(from).orElse(null),
                to.isEmpty() ? null : to,
                time(time),
                text,
                String.join("\u0001", from, to, time, text));
    }

    private static String text(RpcValue msg) {
        if (msg instanceof RpcValue.Text text) {
            return text.text();
        }
        return msg.isEmpty() ? "" : msg.line();
    }

    private static String field(Entries entries, String name) {
        return entries.get(name)
                .flatMap(RpcValue::asText)
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
