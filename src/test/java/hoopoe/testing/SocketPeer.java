package hoopoe.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/** The other end of a loopback connection, which behaves as a test wants. Keeps every request that it read whole. */
public final class SocketPeer implements AutoCloseable {

    /** What happens on one accepted connection; it is closed afterwards. */
    @FunctionalInterface
    public interface Behaviour {
        void on(Line line) throws IOException;
    }

    private final ServerSocket server;
    private final String scheme;
    private final Behaviour behaviour;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    public SocketPeer(Behaviour behaviour) throws IOException {
        this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), "http", behaviour);
    }

    public SocketPeer(ServerSocket server, String scheme, Behaviour behaviour) {
        this.server = server;
        this.scheme = scheme;
        this.behaviour = behaviour;
        threads.execute(this::accept);
    }

    /** Reads a request, then says this and closes. */
    public static SocketPeer saying(String answer) throws IOException {
        return new SocketPeer(line -> {
            line.request();
            line.say(answer);
        });
    }

    /** A whole answer with the length of its body. */
    public static String http(int status, String contentType, String body) {
        return "HTTP/1.1 " + status + " X\r\nContent-Type: " + contentType + "\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    public URI url() {
        return URI.create(scheme + "://127.0.0.1:" + server.getLocalPort() + "/API21/SOAP/SMS.asmx");
    }

    /** Head and body of every request read whole, in order. */
    public List<String> requests() {
        return requests;
    }

    public int connections() {
        return sockets.size();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (var socket : sockets) {
            socket.close();
        }
        threads.shutdownNow();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                sockets.add(socket);
                threads.execute(() -> serve(socket));
            } catch (IOException | RejectedExecutionException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            behaviour.on(new Line(socket));
        } catch (IOException gone) {
            // The client may hang up whenever it likes.
        }
    }

    /** One connection. */
    public final class Line {

        private final Socket socket;

        private Line(Socket socket) {
            this.socket = socket;
        }

        public Socket socket() {
            return socket;
        }

        /** Reads head and body. @throws IOException where the client leaves before the end */
        public String request() throws IOException {
            var in = socket.getInputStream();
            var head = head(in);
            var body = in.readNBytes(length(head));
            if (body.length < length(head)) {
                throw new IOException("half a request");
            }
            var request = head + new String(body, StandardCharsets.UTF_8);
            requests.add(request);
            return request;
        }

        public void say(String text) throws IOException {
            say(text.getBytes(StandardCharsets.UTF_8));
        }

        public void say(byte[] bytes) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
        }

        /** Keeps the line open until the client leaves. */
        public void hold() throws IOException {
            while (socket.getInputStream().read() >= 0) {
                continue;
            }
        }

        /** Closes with RST instead of FIN. */
        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        private String head(InputStream in) throws IOException {
            var head = new ByteArrayOutputStream();
            while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                var next = in.read();
                if (next < 0) {
                    throw new IOException("no request");
                }
                head.write(next);
            }
            return head.toString(StandardCharsets.ISO_8859_1);
        }

        private int length(String head) {
            return head.lines()
                    .map(line -> line.toLowerCase(Locale.ROOT))
                    .filter(line -> line.startsWith("content-length:"))
                    .mapToInt(line -> Integer.parseInt(line.substring(15).trim()))
                    .findFirst()
                    .orElse(0);
        }
    }
}
