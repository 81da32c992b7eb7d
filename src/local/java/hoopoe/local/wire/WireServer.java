package hoopoe.local.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The server. It listens on 127.0.0.1 only, gives each connection a daemon thread (1,000 at most, further ones wait to be
 * taken) and leaves nothing behind when closed.
 */
public final class WireServer implements AutoCloseable {
    private static final Logger LOG = System.getLogger(WireServer.class.getName());
    private static final int MAX_CONNECTIONS = 1_000;
    private static final int ACCEPTOR_MILLIS = 5_000;
    private static final int BACKLOG = 1_024;

    private final WireApp app;
    private final @Nullable SSLSocketFactory tls;
    private final WireLog log = new WireLog();
    private final Semaphore slots = new Semaphore(MAX_CONNECTIONS);
    private final AtomicLong connections = new AtomicLong();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Deque<Ending> unread = new ConcurrentLinkedDeque<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final ExecutorService pool;
    private ServerSocket listening;
    private @Nullable Thread acceptor;
    private final int port;

    private WireServer(int port, @Nullable SSLSocketFactory tls, WireApp app) {
        this.app = app;
        this.tls = tls;
        this.listening = listen(port);
        this.port = listening.getLocalPort();
        this.pool = Executors.newCachedThreadPool(daemons("wire-" + this.port));
    }

    /**
     * Takes a port; connections wait until {@link #begin}.
     *
     * @param port 0 for a free one
     */
    public static WireServer bind(int port, WireApp app) {
        return new WireServer(port, null, app);
    }

    /** The same, speaking TLS only. */
    public static WireServer bind(int port, SSLContext tls, WireApp app) {
        return new WireServer(port, tls.getSocketFactory(), app);
    }

    /** Begins to take connections. */
    public synchronized WireServer begin() {
        take(listening);
        return this;
    }

    public int port() {
        return port;
    }

    /** {@code http://127.0.0.1:<port>}, without a slash at its end. */
    public String address() {
        return (tls != null ? "https" : "http") + "://127.0.0.1:" + port;
    }

    public WireLog log() {
        return log;
    }

    /** Stops listening and resets open connections: for a caller the machine is there and the service is not. */
    public synchronized void refuse() {
        quietly(listening);
        open.forEach(WireServer::reset);
        awaitAcceptor();
        open.forEach(WireServer::reset);
    }

    /** Listens again on the same port. */
    public synchronized void accept() {
        if (listening.isClosed() && closing.getCount() > 0) {
            listening = listen(port);
            take(listening);
        }
    }

    /** The next connections, this many, are accepted and end like this, whatever is written to them. */
    public void dropConnections(int count, Ending ending) {
        for (int i = 0; i < count; i++) {
            unread.addLast(ending);
        }
    }

    /** Waits, at most until the server closes. */
    public void pause(Duration time) {
        try {
            Line.pause(time, closing);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() {
        closing.countDown();
        quietly(listening);
        open.forEach(WireServer::quietly);
        awaitAcceptor();
        pool.shutdownNow();
        open.forEach(WireServer::quietly);
    }

    private ServerSocket listen(int wanted) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), wanted), BACKLOG);
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(ServerSocket from) {
        acceptor = daemons("wire-accept-" + port).newThread(() -> takeAll(from));
        acceptor.start();
    }

    /** The system listens on as long as the thread is inside accept, closed or not. */
    private void awaitAcceptor() {
        try {
            if (acceptor != null) {
                acceptor.join(ACCEPTOR_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void takeAll(ServerSocket from) {
        while (!from.isClosed()) {
            try {
                slots.acquire();
                hand(from.accept());
            } catch (InterruptedException e) {
                return;
            } catch (IOException e) {
                slots.release();
                if (!from.isClosed()) {
                    LOG.log(Logger.Level.WARNING, "a connection could not be taken", e);
                }
            }
        }
    }

    private void hand(Socket socket) {
        open.add(socket);
        try {
            pool.execute(() -> serve(socket));
        } catch (RejectedExecutionException e) {
            LOG.log(Logger.Level.DEBUG, "taken while closing", e);
            quietly(socket);
            slots.release();
        }
    }

    private void serve(Socket socket) {
        log.connected();
        try (socket) {
            Ending ending = unread.pollFirst();
            if (ending != null) {
                new Line(socket, closing).end(ending);
            } else {
                serve(connections.incrementAndGet(), secured(socket));
            }
        } catch (IOException e) {
            LOG.log(Logger.Level.DEBUG, "a connection ended before its answer was out", e);
        } finally {
            open.remove(socket);
            slots.release();
        }
    }

    private void serve(long number, Socket socket) throws IOException {
        new Connection(number, socket, new Line(socket, closing), app, log).serve();
    }

    /** TLS on top of the taken socket, so that a dropped connection can end before any handshake. */
    private Socket secured(Socket socket) throws IOException {
        return tls == null ? socket : tls.createSocket(socket, null, true);
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            LOG.log(Logger.Level.DEBUG, "already gone", e);
        }
    }

    private static void quietly(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            LOG.log(Logger.Level.DEBUG, "already gone", e);
        }
    }

    private static ThreadFactory daemons(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
