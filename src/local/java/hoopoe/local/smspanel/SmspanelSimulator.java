package hoopoe.local.smspanel;

import hoopoe.local.stage.Agenda;
import hoopoe.local.stage.Control;
import hoopoe.local.stage.FixedJob;
import hoopoe.local.stage.MovableClock;
import hoopoe.local.stage.Switches;
import hoopoe.local.wire.Answer;
import hoopoe.local.wire.Faults;
import hoopoe.local.wire.Job;
import hoopoe.local.wire.Request;
import hoopoe.local.wire.WireLog;
import hoopoe.local.wire.WireServer;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;

/**
 * A whole panel on 127.0.0.1: accounts, sends, statuses over time and inboxes, over real sockets. {@code GET
 * /_sim} lists what people can ask and change.
 */
public final class SmspanelSimulator implements AutoCloseable {
    private final Switches switches = new Switches(Switch.class);
    private final Faults faults = new Faults();
    private final SentMessages sentMessages = new SentMessages();
    private final ReceivedMessages receivedMessages = new ReceivedMessages();
    private final Accounts accounts = new Accounts();
    private final MovableClock clock = new MovableClock(Clock.systemUTC(), this::settle);
    private final Agenda agenda = new Agenda(clock, () -> {});
    private final Carrier carrier = new Carrier(agenda, sentMessages, receivedMessages);
    private final WireServer server;
    private final Endpoint door;

    private SmspanelSimulator(int port) {
        server = WireServer.bind(port, this::receive);
        Orders orders = new Orders(switches, sentMessages, carrier);
        Operations operations = new Operations(agenda, accounts, switches, orders, sentMessages, receivedMessages);
        door = new Endpoint(operations, switches, faults, server::pause);
    }

    public static SmspanelSimulator start() {
        return start(0);
    }

    /** @param port 0 for a free one */
    public static SmspanelSimulator start(int port) {
        return start(port, simulator -> {});
    }

    /** @param prepared sees to accounts and switches before the first connection is taken */
    public static SmspanelSimulator start(int port, Consumer<SmspanelSimulator> prepared) {
        SmspanelSimulator simulator = new SmspanelSimulator(port);
        prepared.accept(simulator);
        simulator.agenda.start("smspanel-agenda-" + simulator.server.port());
        simulator.server.begin();
        return simulator;
    }

    /** The endpoint, {@code http://127.0.0.1:<port>/class/sms/webservice/server.php}. */
    public String url() {
        return server.address() + Endpoint.PATH;
    }

    /** Opens an account, with some credit and no number to send from. */
    public Account account(String user, String password) {
        return accounts.open(user, password);
    }

    public Switches switches() {
        return switches;
    }

    public Faults faults() {
        return faults;
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

    /** For messages to come. */
    public SmspanelSimulator timings(Timings other) {
        carrier.timings(other);
        return this;
    }

    /** All messages that were sent, oldest first. */
    public List<SentMessage> messages() {
        return agenda.exclusively(sentMessages::all);
    }

    /** All messages that came in, oldest first. */
    public List<ReceivedMessage> inbox() {
        return agenda.exclusively(receivedMessages::all);
    }

    /** A person writes to a customer now. */
    public void receive(Account account, String from, String to, String text) {
        agenda.exclusively(() -> {
            receivedMessages.add(new ReceivedMessage(account.user(), from, to, text, clock.instant(), false));
            return true;
        });
    }

    /** The panel reports this status from now on, also after another one; false when there is no such message. */
    public boolean report(long id, int status) {
        return agenda.exclusively(() -> sentMessages.settle(id, status));
    }

    @Override
    public void close() {
        server.close();
        agenda.close();
    }

    Accounts customers() {
        return accounts;
    }

    private Job receive(Request request) {
        if (Endpoint.leadsHere(request)) {
            return door.receive(request);
        }
        return Control.leadsHere(request)
                ? new Control(wire(), switches, faults, clock, new SmspanelControl(this)).receive(request)
                : new FixedJob("other", Answer.html(404, "<h1>404</h1>"));
    }

    private void settle() {
        agenda.runDue();
    }
}
