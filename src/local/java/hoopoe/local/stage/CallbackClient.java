package hoopoe.local.stage;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;

/**
 * Makes callbacks: a GET each, whose redirects are not followed. Over a socket of its own, because the JDK's HTTP clients repeat
 * a GET by themselves when a connection breaks, which would hide what the receiver got.
 */
public final class CallbackClient implements AutoCloseable {
    private static final Logger LOG = System.getLogger(CallbackClient.class.getName());
    private static final int CONNECT_MILLIS = 3_000;
    private static final int READ_MILLIS = 30_000;
    private static final int MAX_LINE = 1_024;
    private static final int MAX_BODY = 64 * 1_024;

    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * The response to a callback.
     *
     * @param body as far as it came, up to 64 KB; empty where it is not awaited
     */
    public record Answer(int status, String body) {}

    /** @return empty if no status came */
    public Optional<Answer> get(URI url, boolean readsBody) {
        try (Socket socket = sockets(url).createSocket()) {
            open.add(socket);
            try {
                return closed ? Optional.empty() : answer(asked(url, socket), readsBody);
            } finally {
                open.remove(socket);
            }
        } catch (IOException e) {
            LOG.log(Logger.Level.DEBUG, "a callback was not answered", e);
            return Optional.empty();
        }
    }

    private static InputStream asked(URI url, Socket socket) throws IOException {
        socket.connect(new InetSocketAddress(url.getHost(), port(url)), CONNECT_MILLIS);
        socket.setSoTimeout(READ_MILLIS);
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String request = "GET " + path + "?" + url.getRawQuery() + " HTTP/1.1\r\nHost: " + url.getHost() + ":"
                + port(url) + "\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return new BufferedInputStream(socket.getInputStream());
    }

    private static Optional<Answer> answer(InputStream in, boolean readsBody) throws IOException {
        OptionalInt status = status(line(in));
        return status.isEmpty()
                ? Optional.empty()
                : Optional.of(new Answer(status.getAsInt(), readsBody ? body(in) : ""));
    }

    private static String body(InputStream in) throws IOException {
        int length = MAX_BODY;
        for (String header = line(in).strip(); !header.isEmpty(); header = line(in).strip()) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(
                        header.substring(header.indexOf(':') + 1).strip());
            }
        }
        return new String(in.readNBytes(Math.min(length, MAX_BODY)), StandardCharsets.UTF_8);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n' && line.size() < MAX_LINE; next = in.read()) {
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    /** {@code HTTP/1.1 200 OK}. */
    private static OptionalInt status(String line) {
        String[] parts = line.strip().split(" ", 3);
        boolean valid = parts.length >= 2 && parts[0].startsWith("HTTP/") && parts[1].matches("\\d{3}");
        return valid ? OptionalInt.of(Integer.parseInt(parts[1])) : OptionalInt.empty();
    }

    private static SocketFactory sockets(URI url) {
        return tls(url) ? SSLSocketFactory.getDefault() : SocketFactory.getDefault();
    }

    private static int port(URI url) {
        if (url.getPort() >= 0) {
            return url.getPort();
        }
        return tls(url) ? 443 : 80;
    }

    private static boolean tls(URI url) {
        return "https".equals(url.getScheme());
    }

    @Override
    public void close() {
        closed = true;
        for (Socket socket : open) {
            try {
                socket.close();
            } catch (IOException e) {
                LOG.log(Logger.Level.DEBUG, "already gone", e);
            }
        }
    }
}
