package hoopoe.local.text421;

import hoopoe.local.stage.CallbackAttempt;
import hoopoe.local.stage.Control;
import hoopoe.local.stage.Fate;
import hoopoe.local.stage.Fates;
import hoopoe.local.stage.SimulatedProvider;
import hoopoe.local.stage.Timings;
import hoopoe.local.wire.Job;
import hoopoe.local.wire.Request;
import hoopoe.local.wire.WireServer;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** text421: people who write in, charged answers, deliveries over time and pushes. */
public final class Text421Simulator extends SimulatedProvider {
    private static final Map<String, Fate> FATES = Map.of(
            "901", Fate.ending(SentMessage.FAILED),
            "903", Fate.ending(SentMessage.REJECTED),
            "904", Fate.ending(SentMessage.EXPIRED),
            "905", Fate.ending(SentMessage.ERROR),
            "907", Fate.replying(SentMessage.DELIVERED, "ďakujem & ok + 1"),
            "908", Fate.late(SentMessage.DELIVERED),
            "909", Fate.unreported());

    private final MobileNetworks mobileNetworks = new MobileNetworks();
    private final CallbackSender callbackSender = new CallbackSender(switches(), this::repeat, threads("push"));
    private final Orders orders =
            new Orders(agenda, switches(), mobileNetworks, fates(), callbackSender, this::timings);
    private final Endpoint endpoint = new Endpoint(orders, agenda, switches(), faults(), server()::pause);

    private Text421Simulator(int port) {
        super(
                "text421",
                Switch.class,
                new Fates(Fate.ending(SentMessage.DELIVERED), FATES),
                app -> WireServer.bind(port, app));
    }

    public static Text421Simulator start() {
        return start(0);
    }

    /** @param port 0 for a free one */
    public static Text421Simulator start(int port) {
        Text421Simulator simulator = new Text421Simulator(port);
        simulator.begin();
        return simulator;
    }

    /** The base, {@code http://127.0.0.1:<port>/api/v6/rest}. */
    @Override
    public String url() {
        return server().address() + Endpoint.BASE;
    }

    @Override
    public Text421Simulator timings(Timings other) {
        super.timings(other);
        return this;
    }

    /** Opens an account, or gives it another password. */
    public Account account(String user, String password) {
        return orders.open(user, password);
    }

    public Collection<Account> accounts() {
        return orders.accounts();
    }

    public MobileNetworks networks() {
        return mobileNetworks;
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
    @Override
    public List<SentMessage> messages() {
        return agenda.exclusively(() -> orders.ledger().messages());
    }

    /** Every try of a push, oldest first; the last 10,000. */
    public List<CallbackAttempt> pushes() {
        return callbackSender.attempts();
    }

    /** A message gets this final status now, also after another one; false when there is no such message. */
    public boolean report(String id, int status) {
        return agenda.exclusively(() -> orders.settle(id, status, clock().instant()));
    }

    @Override
    protected Job answer(Request request) {
        return endpoint.receive(request);
    }

    @Override
    protected Control.Own control() {
        return new Text421Control(this);
    }

    @Override
    protected void settled() {
        callbackSender.flush();
    }

    @Override
    public void close() {
        super.close();
        callbackSender.close();
    }

    private void repeat(Runnable push) {
        agenda.at(clock().instant().plus(timings().callbackRepeat()), push);
    }
}
