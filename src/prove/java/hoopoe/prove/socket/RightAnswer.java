package hoopoe.prove.socket;

import java.io.ByteArrayOutputStream;

/**
 * What the provider answers.
 *
 * @param start the status line
 * @param headers each with its line end, without those that frame the body
 */
record RightAnswer(String start, String headers, byte[] body) {

    static RightAnswer of(int status, String body) {
        return new RightAnswer("HTTP/1.1 " + status + " X", "Content-Type: text/html\r\n", Framing.ascii(body));
    }

    /** Under this header in the place of a framing. */
    byte[] under(String header, byte[] framed) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head(header));
        bytes.writeBytes(framed);
        return bytes.toByteArray();
    }

    byte[] in(Framing framing) {
        return under(framing.header(body), framing.framed(body));
    }

    byte[] whole() {
        return in(Framing.LENGTH);
    }

    byte[] head(String header) {
        return Framing.ascii(start + "\r\n" + header + "\r\n" + headers + "\r\n");
    }
}
