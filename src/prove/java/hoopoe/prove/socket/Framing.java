package hoopoe.prove.socket;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** How an answer says where its body ends. */
enum Framing {
    LENGTH,
    CHUNKED,
    UNTIL_CLOSE;

    String header(byte[] body) {
        return switch (this) {
            case LENGTH -> "Content-Length: " + body.length;
            case CHUNKED -> "Transfer-Encoding: chunked";
            case UNTIL_CLOSE -> "Connection: close";
        };
    }

    /** In two chunks, so that the middle is between them or near. */
    byte[] framed(byte[] body) {
        if (this != CHUNKED) {
            return body;
        }
        int half = body.length / 2;
        var chunks = new ByteArrayOutputStream();
        chunk(chunks, body, 0, half);
        chunk(chunks, body, half, body.length - half);
        chunks.writeBytes(ascii("0\r\n\r\n"));
        return chunks.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream to, byte[] body, int from, int length) {
        if (length > 0) { // an empty chunk would be the last one
            to.writeBytes(ascii(Integer.toHexString(length) + "\r\n"));
            to.write(body, from, length);
            to.writeBytes(ascii("\r\n"));
        }
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
