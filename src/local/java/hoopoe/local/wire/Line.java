package hoopoe.local.wire;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The way back to the caller. */
public final class Line {
    private final Socket socket;
    private final CountDownLatch closing;

    Line(Socket socket, CountDownLatch closing) {
        this.socket = socket;
        this.closing = closing;
    }

    public void write(byte[] bytes) throws IOException {
        write(bytes, 0, bytes.length);
    }

    public void write(byte[] bytes, int offset, int length) throws IOException {
        socket.getOutputStream().write(bytes, offset, length);
        socket.getOutputStream().flush();
    }

    /**
     * Waits.
     *
     * @throws IOException as soon as the server is closed
     */
    public void pause(Duration time) throws IOException {
        pause(time, closing);
    }

    static void pause(Duration time, CountDownLatch closing) throws IOException {
        try {
            if (closing.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IOException("the server closes");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the server closes", e);
        }
    }

    public void end(Ending ending) throws IOException {
        switch (ending) {
            case RESET -> socket.setSoLinger(true, 0);
            case SILENCE -> awaitPeer();
            case CLOSE -> {}
        }
        socket.close();
    }

    private void awaitPeer() throws IOException {
        socket.setSoTimeout(0);
        InputStream in = socket.getInputStream();
        byte[] ignored = new byte[1024];
        while (in.read(ignored) >= 0) {
            // only its end matters
        }
    }
}
