package hoopoe.prove.socket;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The line between an account and its simulator: breaks the call that it was told to, and counts the sends that arrive. */
final class FaultyLine implements AutoCloseable {

    private static final Pattern MARKER = Pattern.compile("case-(\\d+)z");
    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *(\\d+)");
    private static final int PATIENCE_MILLIS = 30_000;

    private final URI simulator;
    private final @Nullable SSLContext tls;
    private final ExecutorService threads;
    private final Runnable refuse;
    private final int port;
    private final Map<Integer, AtomicInteger> sends = new ConcurrentHashMap<>();
    private final AtomicInteger reused = new AtomicInteger();
    private ServerSocket server;
    private @Nullable SocketCase armed;

    /**
     * @param simulator behind it
     * @param tls in front of it; null for none
     * @param refuse has the simulator refuse the next call of the kind that breaks
     */
    FaultyLine(URI simulator, @Nullable SSLContext tls, Runnable refuse, ExecutorService threads) throws IOException {
        this.simulator = simulator;
        this.tls = tls;
        this.refuse = refuse;
        this.threads = threads;
        server = listen(0);
        port = server.getLocalPort();
    }

    String url() {
        return (tls == null ? "http" : "https") + "://127.0.0.1:" + port + simulator.getRawPath();
    }

    /** The next call of this case's kind breaks as it says. */
    synchronized void arm(SocketCase next) throws IOException {
        armed = next;
        if (next.fault().moment() == SocketFault.Moment.REFUSED) {
            server.close();
        }
    }

    /** From now on all goes well. */
    synchronized void disarm() throws IOException {
        armed = null;
        if (server.isClosed()) {
            server = listen(port);
        }
    }

    /** How many requests with this case's message came, in whole or in part. */
    int sends(SocketCase of) {
        return sends.getOrDefault(of.message(), new AtomicInteger()).get();
    }

    /** Messages that came more than once, those of repeated tries included. */
    List<Integer> twice() {
        return sends.entrySet().stream()
                .filter(sent -> sent.getValue().get() > 1)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** How many requests came on a line that had had one. */
    int reused() {
        return reused.get();
    }

    @Override
    public synchronized void close() throws IOException {
        server.close();
    }

    private ServerSocket listen(int wanted) throws IOException {
        var listening = new ServerSocket();
        listening.setReuseAddress(true);
        listening.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), wanted), 50);
        threads.execute(() -> accept(listening));
        return listening;
    }

    private void accept(ServerSocket listening) {
        while (!listening.isClosed()) {
            try {
                var raw = listening.accept();
                threads.execute(() -> serve(raw));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket raw) {
        try (raw) {
            raw.setTcpNoDelay(true);
            raw.setSoTimeout(PATIENCE_MILLIS);
            var early = take(SocketFault.Moment.ACCEPTED, null);
            if (early != null) {
                early.fault().strike().on(new Peer(raw, raw, url()), RightAnswer.of(503, ""));
            } else {
                serve(raw, tls == null ? raw : tls.getSocketFactory().createSocket(raw, null, true));
            }
        } catch (IOException gone) {
            // the other side may leave whenever it likes, and does where it is told nonsense
        }
    }

    private void serve(Socket raw, Socket socket) throws IOException {
        var in = socket.getInputStream();
        var peer = new Peer(raw, socket, url());
        var head = head(in);
        int length = length(head);
        var broken = take(SocketFault.Moment.HEAD_READ, head);
        if (broken == null) {
            broken = take(SocketFault.Moment.HALF_READ, head);
            if (broken != null) {
                in.readNBytes(length / 2);
            }
        }
        if (broken != null) {
            count(broken);
            broken.fault().strike().on(peer, RightAnswer.of(503, ""));
            return;
        }
        var body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("half a request, which this line did not ask for");
        }
        var marker = MARKER.matcher(new String(body, StandardCharsets.UTF_8));
        if (marker.find()) {
            count(Integer.parseInt(marker.group(1)));
        }
        var late = take(SocketFault.Moment.READ, head);
        if (late != null && !late.taken()) {
            refuse.run();
        }
        var right = pass(head, body);
        if (late != null) {
            late.fault().strike().on(peer, right);
            return;
        }
        peer.say(right.whole()); // which keeps the line
        if (in.read() >= 0) {
            reused.incrementAndGet();
        }
    }

    private void count(SocketCase broken) {
        if (broken.call().kind() == SocketCall.Kind.SEND) {
            count(broken.message());
        }
    }

    private void count(int message) {
        sends.computeIfAbsent(message, unknown -> new AtomicInteger()).incrementAndGet();
    }

    /** The case that breaks now. Its fault happens once. */
    private synchronized @Nullable SocketCase take(SocketFault.Moment moment, @Nullable String head) {
        var next = armed;
        if (next == null
                || next.fault().moment() != moment
                || head != null && !next.call().is(head)) {
            return null;
        }
        armed = null;
        next.strike();
        return next;
    }

    private RightAnswer pass(String head, byte[] body) throws IOException {
        try (var socket = new Socket(simulator.getHost(), simulator.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            var request = new ByteArrayOutputStream();
            request.writeBytes(Framing.ascii(head));
            request.writeBytes(body);
            socket.getOutputStream().write(request.toByteArray());
            var in = socket.getInputStream();
            var answered = head(in);
            int line = answered.indexOf("\r\n");
            var headers = LENGTH.matcher(answered.substring(line + 2)).replaceAll("X-Was: 0");
            return new RightAnswer(
                    answered.substring(0, line),
                    headers.substring(0, headers.length() - 2),
                    in.readNBytes(length(answered)));
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static int length(String head) {
        var length = LENGTH.matcher(head);
        return length.find() ? Integer.parseInt(length.group(1)) : 0;
    }
}
