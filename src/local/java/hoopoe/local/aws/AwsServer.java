package hoopoe.local.aws;

import hoopoe.local.wire.Faults;
import hoopoe.local.wire.Job;
import hoopoe.local.wire.Request;
import hoopoe.local.wire.WireLog;
import hoopoe.local.wire.WireServer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A service of AWS that is played on 127.0.0.1: its server, what was asked of it, and its faults. */
public abstract class AwsServer implements AutoCloseable {

    private final Faults faults = new Faults();
    private final int port;
    private @Nullable WireServer server;

    /** @param port 0 for a free one; nobody listens before {@link #begin} */
    protected AwsServer(int port) {
        this.port = port;
    }

    /** To be called once all is there that answers need. */
    protected final void begin() {
        server = WireServer.bind(port, this::receive).begin();
    }

    protected abstract Job receive(Request request);

    /** An operation of AWS. */
    protected final Job operation(AwsEndpoint endpoint, Request request) {
        return endpoint.receive(request, faults, server()::pause);
    }

    /** Where it answers, without a slash at its end. */
    public String url() {
        return server().address();
    }

    /** By operation, {@code GetSecretValue}. */
    public Faults faults() {
        return faults;
    }

    public WireLog wire() {
        return server().log();
    }

    /** For faults before a request is read. */
    public WireServer server() {
        return Objects.requireNonNull(server, "not begun");
    }

    @Override
    public void close() {
        server().close();
    }
}
