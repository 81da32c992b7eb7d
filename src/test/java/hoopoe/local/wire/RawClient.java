package hoopoe.local.wire;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One socket, for what a proper client would not do. */
public final class RawClient implements AutoCloseable {
    private final Socket socket;

    private RawClient(Socket socket) {
        this.socket = socket;
    }

    public static RawClient to(int port) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(20_000);
        return new RawClient(socket);
    }

    public void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    /** All that comes until the other side closes. */
    public String readToEnd() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** One answer with a Content-Length. */
    public String readAnswer() throws IOException {
        String head = readHead();
        String length = head.replaceAll("(?s).*Content-Length: (\\d+).*", "$1");
        byte[] body = socket.getInputStream().readNBytes(Integer.parseInt(length));
        return head + new String(body, StandardCharsets.UTF_8);
    }

    public String readHead() throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("no whole head: " + head.toString(StandardCharsets.ISO_8859_1));
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    void patience(Duration time) throws IOException {
        socket.setSoTimeout((int) time.toMillis());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
