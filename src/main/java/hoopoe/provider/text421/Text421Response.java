package hoopoe.provider.text421;

import hoopoe.platform.Json;
import hoopoe.provider.Charsets;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;

/**
 * The body of an answer, in any layout, because the document shows none:
 * {@code <response><status>200</status><description>OK</description><recipients>1</recipients></response>} inside any elements,
 * the same in JSON, {@code OK}, {@code ERROR 400, unknown prefix 421999} like its sibling {@code smsSendGet}, or nothing.
 *
 * @param layout whether it could be read
 * @param status the status in the body; empty where there is none
 * @param description may be empty; not masked
 * @param recipients how many were accepted; empty where the body does not say
 * @param taken whether any part of the body says that a message was accepted, whatever the rest says
 */
record Text421Response(
        Layout layout, Optional<Integer> status, String description, Optional<Integer> recipients, boolean taken) {

    enum Layout {
        /** No body: only the HTTP status counts. */
        EMPTY,
        READ,
        /** Another layout, or an incomplete body. */
        UNREADABLE
    }

    static final int ACCEPTED = 200;

    private static final Pattern STATUS = Pattern.compile("\\d{3}");
    private static final Pattern COUNT = Pattern.compile("\\d{1,9}");
    private static final Pattern OK = Pattern.compile("OK[.!]?", Pattern.CASE_INSENSITIVE);
    private static final Pattern ERROR = Pattern.compile(
            "ERROR[\\s:]*(\\d{3})(?:\\s*[,;:-]\\s*|\\s+|$)(.*)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** In a body that cannot be read. A word of success there is none, but it is a doubt. */
    private static final Pattern TAKEN =
            Pattern.compile("status\\W{1,20}(?:200|OK\\b)|recipients\\W{1,20}0{0,9}[1-9]", Pattern.CASE_INSENSITIVE);

    /** Never throws. */
    static Text421Response read(byte[] body) {
        var text = text(body).strip();
        if (text.isEmpty()) {
            return new Text421Response(Layout.EMPTY, Optional.empty(), "", Optional.empty(), false);
        }
        try {
            return read(text);
        } catch (XMLStreamException broken) {
            // The exception's message repeats the body, which contains numbers.
            return unreadable(text);
        }
    }

    private static Text421Response read(String text) throws XMLStreamException {
        if (text.startsWith("<")) {
            return leaves(text, FlattenedDocument.ofXml(text));
        }
        if (text.startsWith("{") || text.startsWith("[")) {
            return Json.document(text)
                    .map(json -> leaves(text, FlattenedDocument.of(json)))
                    .orElseGet(() -> unreadable(text));
        }
        if (OK.matcher(text).matches()) {
            return new Text421Response(Layout.READ, Optional.of(ACCEPTED), "", Optional.empty(), true);
        }
        var error = ERROR.matcher(text);
        return error.matches()
                ? new Text421Response(
                        Layout.READ,
                        Optional.of(Integer.valueOf(error.group(1))),
                        error.group(2),
                        Optional.empty(),
                        false)
                : unreadable(text);
    }

    private static Text421Response leaves(String text, Map<String, List<String>> leaves) {
        var statuses = leaves.getOrDefault("status", List.of());
        var counts = leaves.getOrDefault("recipients", List.of()).stream()
                .filter(count -> COUNT.matcher(count).matches())
                .toList();
        if (statuses.isEmpty() && counts.isEmpty() && !leaves.containsKey("description")) {
            return unreadable(text);
        }
        if (!statuses.stream().allMatch(Text421Response::isStatus)) {
            return unreadable(text);
        }
        var said = statuses.stream().map(Text421Response::status).toList();
        var taken = counts.stream().map(Integer::valueOf).toList();
        return new Text421Response(
                Layout.READ,
                said.stream().reduce(Text421Response::worse),
                String.join(" ", leaves.getOrDefault("description", List.of())).strip(),
                taken.stream().reduce(Math::min),
                said.contains(ACCEPTED) || taken.stream().anyMatch(count -> count > 0));
    }

    /** Words without a status or a count: only people can judge them. */
    boolean isWordsAlone() {
        return status.isEmpty()
                && recipients.isEmpty()
                && !description.isEmpty()
                && !OK.matcher(description).matches();
    }

    /** The worse of two, in the order 200, a refusal, a status that proves nothing. */
    static int worse(int one, int other) {
        return badness(one) >= badness(other) ? one : other;
    }

    private static int badness(int status) {
        if (status == ACCEPTED) {
            return 0;
        }
        return isRefusal(status) ? 1 : 2;
    }

    static boolean isRefusal(int status) {
        return status >= 400 && status < 500;
    }

    private static boolean isStatus(String written) {
        return STATUS.matcher(written).matches() || OK.matcher(written).matches();
    }

    private static int status(String written) {
        return OK.matcher(written).matches() ? ACCEPTED : Integer.parseInt(written);
    }

    private static Text421Response unreadable(String text) {
        return new Text421Response(
                Layout.UNREADABLE,
                Optional.empty(),
                text,
                Optional.empty(),
                TAKEN.matcher(text).find());
    }

    /** Decodes UTF-8; other bytes are read in the charset of old Slovak systems. */
    static String text(byte[] body) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException notUtf8) {
            return new String(body, Charsets.WINDOWS_1250);
        }
    }

    /** Omits the description, which may repeat a number. */
    @Override
    public String toString() {
        return "Text421Response[" + layout.name().toLowerCase(Locale.ROOT) + ", " + status + ", " + recipients + ']';
    }
}
