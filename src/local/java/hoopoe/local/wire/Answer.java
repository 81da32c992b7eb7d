package hoopoe.local.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One answer and how it is to leave. No date is among its headers, so that the same answer has the same length at any
 * moment and a test can cut it at every byte.
 */
public record Answer(int status, String contentType, byte[] body, Delivery delivery) {

    public static Answer of(int status, String contentType, String body) {
        return new Answer(status, contentType, body.getBytes(StandardCharsets.UTF_8), Delivery.whole());
    }

    public static Answer html(int status, String body) {
        return of(status, "text/html; charset=utf-8", body);
    }

    /** No answer at all, which is status 0. */
    public static Answer nothing(Ending ending) {
        return html(0, "").by(Delivery.nothing(ending));
    }

    public Answer by(Delivery other) {
        return new Answer(status, contentType, body, other);
    }

    public Answer with(String otherBody) {
        return new Answer(status, contentType, otherBody.getBytes(StandardCharsets.UTF_8), delivery);
    }

    /** The first bytes of the body under a Content-Length that fits them: nothing on the wire shows the loss. */
    public Answer shortened(int bytes) {
        return new Answer(status, contentType, Arrays.copyOf(body, Math.min(bytes, body.length)), delivery);
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The whole answer as it leaves when nothing is wrong. */
    public byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head("Content-Length: " + body.length));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    byte[] head(String framing) {
        String type = contentType.isEmpty() ? "" : "Content-Type: " + contentType + "\r\n";
        return ascii("HTTP/1.1 " + status + " " + reason() + "\r\nCache-Control: private, max-age=0\r\n" + type
                + framing + "\r\n\r\n");
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private String reason() {
        return switch (status) {
            case 200 -> "OK";
            case 400 -> "Bad Request";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 415 -> "Unsupported Media Type";
            case 500 -> "Internal Server Error";
            case 503 -> "Service Unavailable";
            default -> "Status " + status;
        };
    }
}
