package hoopoe.local.every8d;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One socket, for what a proper client would not do. */
final class RawClient implements AutoCloseable {
    private final Socket socket;

    private RawClient(Socket socket) {
        this.socket = socket;
    }

    static RawClient to(int port) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(20_000);
        return new RawClient(socket);
    }

    /** A login in SOAP 1.1; without its last byte (a blank) unless it is to be complete. */
    static String loginRequest(String user, String password, boolean complete) {
        String body = "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Body>"
                + "<getConnection xmlns=\"http://tempuri.org/\"><userID>" + user + "</userID><password>" + password
                + "</password></getConnection></e:Body></e:Envelope>";
        return "POST /API21/SOAP/SMS.asmx HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\n"
                + "SOAPAction: \"http://tempuri.org/getConnection\"\r\nContent-Length: "
                + (body.length() + (complete ? 0 : 1)) + "\r\n\r\n" + body;
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    /** All that comes until the other side closes. */
    String readToEnd() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** One answer with a Content-Length. */
    String readAnswer() throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("no whole head: " + head.toString(StandardCharsets.ISO_8859_1));
            }
            head.write(next);
        }
        String length = head.toString(StandardCharsets.ISO_8859_1).replaceAll("(?s).*Content-Length: (\\d+).*", "$1");
        byte[] body = in.readNBytes(Integer.parseInt(length));
        return head.toString(StandardCharsets.ISO_8859_1) + new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
