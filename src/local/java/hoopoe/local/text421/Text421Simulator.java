package hoopoe.local.text421;

import hoopoe.local.stage.Agenda;
import hoopoe.local.stage.Control;
import hoopoe.local.stage.MovableClock;
import hoopoe.local.stage.Switches;
import hoopoe.local.wire.Faults;
import hoopoe.local.wire.Job;
import hoopoe.local.wire.Request;
import hoopoe.local.wire.WireLog;
import hoopoe.local.wire.WireServer;
import java.time.Clock;
import java.util.Collection;
import java.util.List;

/**
 * A whole text421 on 127.0.0.1: people who write in, charged answers, deliveries over time and pushes, over real sockets. {@code
 * GET /_sim} lists what people can ask and change.
 */
public final class Text421Simulator implements AutoCloseable {
    private final Switches switches = new Switches(Switch.class);
    private final Faults faults = new Faults();
    private final Fates fates = new Fates();
    private final MobileNetworks mobileNetworks = new MobileNetworks();
    private final MovableClock clock = new MovableClock(Clock.systemUTC(), this::settle);
    private final WireServer server;
    private final CallbackSender callbackSender;
    private final Agenda agenda;
    private final Orders orders;
    private final Endpoint endpoint;
    private volatile Timings timings = Timings.usual();

    private Text421Simulator(int port) {
        server = WireServer.bind(port, this::receive);
        callbackSender = new CallbackSender(switches, this::repeat, "text421-push-" + server.port());
        agenda = new Agenda(clock, callbackSender::flush);
        orders = new Orders(agenda, switches, mobileNetworks, fates, callbackSender, () -> timings);
        endpoint = new Endpoint(orders, agenda, switches, faults, server::pause);
    }

    public static Text421Simulator start() {
        return start(0);
    }

    /** @param port 0 for a free one */
    public static Text421Simulator start(int port) {
        Text421Simulator simulator = new Text421Simulator(port);
        simulator.agenda.start("text421-agenda-" + simulator.server.port());
        simulator.server.begin();
        return simulator;
    }

    /** The base, {@code http://127.0.0.1:<port>/api/v6/rest}. */
    public String url() {
        return server.address() + Endpoint.BASE;
    }

    /** Opens an account, or gives it another password. */
    public Account account(String user, String password) {
        return orders.open(user, password);
    }

    public Collection<Account> accounts() {
        return orders.accounts();
    }

    public Switches switches() {
        return switches;
    }

    public Faults faults() {
        return faults;
    }

    public Fates fates() {
        return fates;
    }

    public MobileNetworks networks() {
        return mobileNetworks;
    }

    public MovableClock clock() {
        return clock;
    }

    public WireLog wire() {
        return server.log();
    }

    /** For faults before a request is read. */
    public WireServer server() {
        return server;
    }

    /** For messages and pushes to come. */
    public Text421Simulator timings(Timings other) {
        timings = other;
        return this;
    }

    /** A person writes to a short number of this account now. */
    public ReceivedMessage receive(Account account, String msisdn, String text, String source) {
        return agenda.exclusively(() -> orders.receive(account.user(), msisdn, text, source));
    }

    /** All that was received, oldest first. */
    public List<ReceivedMessage> received() {
        return agenda.exclusively(() -> orders.ledger().received());
    }

    /** Everything that anybody was charged for, oldest first. */
    public List<SentMessage> messages() {
        return agenda.exclusively(() -> orders.ledger().messages());
    }

    /** Every try of a push, oldest first; the last 10,000. */
    public List<CallbackAttempt> pushes() {
        return callbackSender.attempts();
    }

    /** A message gets this final status now, also after another one; false when there is no such message. */
    public boolean report(String id, int status) {
        return agenda.exclusively(() -> orders.settle(id, status, clock.instant()));
    }

    @Override
    public void close() {
        server.close();
        callbackSender.close();
        agenda.close();
    }

    private Job receive(Request request) {
        // made here, not in the constructor: the agenda and all else are not there yet when the port is taken
        return Control.leadsHere(request)
                ? new Control(server.log(), switches, faults, clock, new Text421Control(this)).receive(request)
                : endpoint.receive(request);
    }

    private void settle() {
        agenda.runDue();
    }

    private void repeat(Runnable push) {
        agenda.at(clock.instant().plus(timings.repeat()), push);
    }
}
