package hoopoe.local.stage;

import hoopoe.local.wire.Faults;
import hoopoe.local.wire.Job;
import hoopoe.local.wire.Request;
import hoopoe.local.wire.WireApp;
import hoopoe.local.wire.WireLog;
import hoopoe.local.wire.WireServer;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;

/**
 * A whole provider on 127.0.0.1, over real sockets. What it reads and writes is its own affair; here is what all of them have.
 * {@code GET /_sim} lists what people can ask and change.
 */
@SuppressWarnings("this-escape") // nothing is received or settled before begin()
public abstract class SimulatedProvider implements AutoCloseable {
    protected final Agenda agenda;
    private final String name;
    private final Switches switches;
    private final Fates fates;
    private final Faults faults = new Faults();
    private final MovableClock clock = new MovableClock(Clock.systemUTC(), this::settle);
    private final WireServer server;
    private volatile Timings timings = Timings.usual();

    /**
     * @param name of the provider
     * @param catalogue of its switches
     * @param fates of its messages
     * @param listening takes a port, and no connection before {@link #begin}
     */
    protected SimulatedProvider(String name, Class<?> catalogue, Fates fates, Function<WireApp, WireServer> listening) {
        this.name = name;
        this.switches = new Switches(catalogue);
        this.fates = fates;
        this.agenda = new Agenda(clock, this::settled);
        this.server = listening.apply(this::receive);
    }

    protected final void begin() {
        agenda.start(threads("agenda"));
        server.begin();
    }

    /** {@code every8d-agenda-8080}. */
    protected final String threads(String what) {
        return name + '-' + what + '-' + server.port();
    }

    /** Where its clients send to. */
    public abstract String url();

    /** All that were sent, oldest first. */
    public abstract List<?> messages();

    public final Switches switches() {
        return switches;
    }

    public final Faults faults() {
        return faults;
    }

    public final Fates fates() {
        return fates;
    }

    public final MovableClock clock() {
        return clock;
    }

    public final WireLog wire() {
        return server.log();
    }

    /** For faults before a request is read. */
    public final WireServer server() {
        return server;
    }

    public final Timings timings() {
        return timings;
    }

    /** For messages and callbacks to come. */
    public SimulatedProvider timings(Timings other) {
        timings = other;
        return this;
    }

    /** What its clients ask. */
    protected abstract Job answer(Request request);

    /** What people can ask and change. */
    protected abstract Control.Own control();

    /** Runs after whatever has happened. */
    protected void settled() {}

    private Job receive(Request request) {
        // made here, not in the constructor: without Jackson on the class path all but this works
        return Control.leadsHere(request)
                ? new Control(wire(), switches, faults, clock, control()).receive(request)
                : answer(request);
    }

    private void settle() {
        agenda.runDue();
    }

    @Override
    public void close() {
        server.close();
        agenda.close();
    }
}
