package hoopoe.platform.runtime;

import hoopoe.platform.runtime.RuntimeAnswerReader.RuntimeAnswer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One kept connection to the Runtime API. {@code HttpURLConnection}, which Quarkus' loop uses, needs about five times the
 * processor time and garbage for the same two requests per event (src/site/native.md).
 */
final class RuntimeConnection {

    private static final int BUFFER = 16 * 1024;

    private final InetAddress host;
    private final int port;
    private @Nullable Socket socket;
    private @Nullable RuntimeAnswerReader reader;

    /** @param address {@code host:port}, from {@code AWS_LAMBDA_RUNTIME_API} */
    RuntimeConnection(String address) throws IOException {
        var colon = address.lastIndexOf(':');
        this.host = InetAddress.getByName(colon < 0 ? address : address.substring(0, colon));
        this.port = colon < 0 ? 80 : Integer.parseInt(address.substring(colon + 1));
    }

    /**
     * Sends a request and reads its answer. If the Runtime API closed the idle connection, it is opened again, once: the
     * Runtime API recognizes a repeated request and answers it alike or refuses it.
     */
    RuntimeAnswer exchange(byte[] request) throws IOException {
        var kept = socket != null;
        try {
            return exchange(open(), request);
        } catch (IOException e) {
            close();
            if (!kept) {
                throw e;
            }
            return exchange(open(), request);
        }
    }

    private RuntimeAnswer exchange(Socket open, byte[] request) throws IOException {
        open.getOutputStream().write(request);
        var answer = Objects.requireNonNull(reader).read();
        if ("close".equalsIgnoreCase(answer.header("connection"))) {
            close();
        }
        return answer;
    }

    private Socket open() throws IOException {
        if (socket == null) {
            var opened = new Socket(host, port);
            opened.setTcpNoDelay(true);
            reader = new RuntimeAnswerReader(new BufferedInputStream(opened.getInputStream(), BUFFER));
            socket = opened;
        }
        return socket;
    }

    private void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
