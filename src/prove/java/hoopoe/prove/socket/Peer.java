package hoopoe.prove.socket;

import java.io.IOException;
import java.net.Socket;

/** One connection as the peer has it, with TLS or without. Each end of it is one of TCP: TLS is never told. */
final class Peer {

    /** No HTTP, and no text. */
    static final byte[] GARBAGE = Framing.ascii("\u0000\u0001\u00ff\u00fe no HTTP \r\n\r\n \u0080\u0000\r\n");

    private static final byte[] FLOOD = "x".repeat(1024).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private static final long DRIP_MILLIS = 25;
    /** A client that does not leave would be a fault of its own: the other side gives up much sooner. */
    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket raw;
    private final Socket socket;
    private final String url;

    /**
     * @param raw the connection
     * @param socket the same, or TLS on top of it
     */
    Peer(Socket raw, Socket socket, String url) {
        this.raw = raw;
        this.socket = socket;
        this.url = url;
    }

    /** Where the call was sent to. */
    String url() {
        return url;
    }

    void say(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    void sayInTheClear(byte[] bytes) throws IOException {
        raw.getOutputStream().write(bytes);
        raw.getOutputStream().flush();
    }

    /** By FIN. What was not read is read, because a socket with such bytes would be reset. */
    void close() throws IOException {
        raw.shutdownOutput();
        hold();
    }

    void reset() throws IOException {
        raw.setSoLinger(true, 0);
        raw.close();
    }

    /** Says no more, until the other side leaves. */
    void hold() throws IOException {
        raw.setSoTimeout(PATIENCE_MILLIS);
        var ignored = new byte[1024];
        while (raw.getInputStream().read(ignored) >= 0) {
            continue;
        }
        raw.close();
    }

    void drip(byte[] bytes) throws IOException {
        for (int i = 0; i < bytes.length; i++) {
            pause();
            say(new byte[] {bytes[i]});
        }
        while (true) {
            pause();
            say(new byte[] {' '});
        }
    }

    void flood() throws IOException {
        while (true) {
            say(FLOOD);
        }
    }

    static void pause() throws IOException {
        try {
            Thread.sleep(DRIP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
