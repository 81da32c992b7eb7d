package hoopoe.local.wire;

import java.io.IOException;
import java.lang.System.Logger;
import java.net.Socket;
import java.util.Optional;

/** The requests and answers of one connection, until one side has enough. */
final class Connection {
    private static final Logger LOG = System.getLogger(Connection.class.getName());
    private static final int IDLE_MILLIS = 60_000;

    private final Socket socket;
    private final Line line;
    private final WireApp app;
    private final WireLog log;
    private final long number;

    Connection(long number, Socket socket, Line line, WireApp app, WireLog log) {
        this.number = number;
        this.socket = socket;
        this.line = line;
        this.app = app;
        this.log = log;
    }

    /** @throws IOException when the caller is gone before its answer is out */
    void serve() throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(IDLE_MILLIS);
        RequestReader reader = new RequestReader(number, socket.getInputStream(), socket.getOutputStream());
        boolean more = true;
        while (more) {
            Optional<Request> request = next(reader);
            more = request.isPresent() && answer(request.get());
        }
    }

    private Optional<Request> next(RequestReader reader) {
        try {
            return reader.next();
        } catch (IOException e) {
            if (reader.recorded().length > 0) {
                log.brokeOff(number, reader.recorded(), String.valueOf(e.getMessage()));
            }
            return Optional.empty();
        }
    }

    private boolean answer(Request request) throws IOException {
        Job job = app.receive(request);
        if (job.operation().isEmpty()) {
            return send(request, done(job));
        }
        Exchange exchange = log.arrived(job.operation(), request);
        Answer answer = done(job);
        exchange.answered(answer);
        return send(request, answer);
    }

    /** A flaw of the app, or of a fault that a test wrote, is for the caller to see and not to wait for. */
    private static Answer done(Job job) {
        try {
            return job.answer();
        } catch (RuntimeException e) {
            LOG.log(Logger.Level.WARNING, "a job failed", e);
            return Answer.of(500, "text/plain; charset=utf-8", e.toString());
        }
    }

    private boolean send(Request request, Answer answer) throws IOException {
        return answer.delivery().send(answer, line) && request.keepsAlive();
    }
}
