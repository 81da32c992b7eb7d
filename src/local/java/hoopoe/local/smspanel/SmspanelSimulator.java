package hoopoe.local.smspanel;

import hoopoe.local.stage.Control;
import hoopoe.local.stage.Fate;
import hoopoe.local.stage.Fates;
import hoopoe.local.stage.FixedJob;
import hoopoe.local.stage.SimulatedProvider;
import hoopoe.local.stage.Timings;
import hoopoe.local.wire.Answer;
import hoopoe.local.wire.Job;
import hoopoe.local.wire.Request;
import hoopoe.local.wire.WireServer;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A panel: accounts, sends, statuses over time and inboxes. */
public final class SmspanelSimulator extends SimulatedProvider {
    private static final Map<String, Fate> FATES = Map.of(
            "901", Fate.ending(SentMessage.NOT_DELIVERED),
            "903", Fate.ending(SentMessage.TELECOM_PROBLEM),
            "906", Fate.ending(SentMessage.BLACKLISTED),
            "907", Fate.replying(SentMessage.DELIVERED, "دریافت شد، ممنون & ok + ۱"),
            "908", Fate.late(SentMessage.DELIVERED),
            "909", Fate.ending(SentMessage.WITH_TELECOM));

    private final SentMessages sentMessages = new SentMessages();
    private final ReceivedMessages receivedMessages = new ReceivedMessages();
    private final Accounts accounts = new Accounts();
    private final Endpoint door;

    private SmspanelSimulator(int port) {
        super(
                "smspanel",
                Switch.class,
                new Fates(Fate.ending(SentMessage.DELIVERED), FATES),
                app -> WireServer.bind(port, app));
        Carrier carrier = new Carrier(agenda, fates(), sentMessages, receivedMessages, this::timings);
        Orders orders = new Orders(switches(), sentMessages, carrier);
        Operations operations = new Operations(agenda, accounts, switches(), orders, sentMessages, receivedMessages);
        door = new Endpoint(operations, switches(), faults(), server()::pause);
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
        simulator.begin();
        return simulator;
    }

    /** The endpoint, {@code http://127.0.0.1:<port>/class/sms/webservice/server.php}. */
    @Override
    public String url() {
        return server().address() + Endpoint.PATH;
    }

    @Override
    public SmspanelSimulator timings(Timings other) {
        super.timings(other);
        return this;
    }

    /** Opens an account, with some credit and no number to send from. */
    public Account account(String user, String password) {
        return accounts.open(user, password);
    }

    @Override
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
            receivedMessages.add(new ReceivedMessage(account.user(), from, to, text, clock().instant(), false));
            return true;
        });
    }

    /** The panel reports this status from now on, also after another one; false when there is no such message. */
    public boolean report(long id, int status) {
        return agenda.exclusively(() -> sentMessages.settle(id, status));
    }

    Accounts customers() {
        return accounts;
    }

    @Override
    protected Job answer(Request request) {
        return Endpoint.leadsHere(request)
                ? door.receive(request)
                : new FixedJob("other", Answer.html(404, "<h1>404</h1>"));
    }

    @Override
    protected Control.Own control() {
        return new SmspanelControl(this);
    }
}
