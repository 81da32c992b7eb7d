package hoopoe.local.every8d;

import hoopoe.local.stage.Agenda;
import hoopoe.local.stage.Control;
import hoopoe.local.stage.FixedJob;
import hoopoe.local.stage.MovableClock;
import hoopoe.local.stage.Switches;
import hoopoe.local.wire.Answer;
import hoopoe.local.wire.Faults;
import hoopoe.local.wire.Job;
import hoopoe.local.wire.Request;
import hoopoe.local.wire.WireApp;
import hoopoe.local.wire.WireLog;
import hoopoe.local.wire.WireServer;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/**
 * A whole EVERY8D on 127.0.0.1: accounts, sessions, sends, reports over time, replies and callbacks, over real sockets.
 * {@code GET /_sim} lists what people can ask and change.
 */
public final class Every8dSimulator implements AutoCloseable {
    private final Switches switches = new Switches(Switch.class);
    private final Faults faults = new Faults();
    private final Fates fates = new Fates();
    private final Batches batches = new Batches();
    private final MovableClock clock = new MovableClock(Clock.systemUTC(), this::settle);
    private final Accounts accounts = new Accounts(clock, switches);
    private final WireServer server;
    private final CallbackSender callbackSender;
    private final Agenda agenda;
    private final Carrier carrier;
    private final Endpoint door;
    private volatile Timings timings = Timings.usual();

    private Every8dSimulator(Function<WireApp, WireServer> listening) {
        server = listening.apply(this::receive);
        callbackSender = new CallbackSender(switches, this::repeat, "every8d-callback-" + server.port());
        agenda = new Agenda(clock, callbackSender::flush);
        carrier = new Carrier(agenda, fates, switches, callbackSender, timings);
        Orders orders = new Orders(clock, switches, batches, carrier);
        Operations operations = new Operations(agenda, accounts, switches, batches, orders);
        door = new Endpoint(operations, switches, faults, server::pause);
    }

    public static Every8dSimulator start() {
        return start(0);
    }

    /** @param port 0 for a free one */
    public static Every8dSimulator start(int port) {
        return start(port, simulator -> {});
    }

    /** @param prepared sees to accounts and switches before the first connection is taken */
    public static Every8dSimulator start(int port, Consumer<Every8dSimulator> prepared) {
        return new Every8dSimulator(app -> WireServer.bind(port, app)).begin(prepared);
    }

    /** Speaks TLS only. */
    public static Every8dSimulator start(int port, SSLContext tls) {
        return new Every8dSimulator(app -> WireServer.bind(port, tls, app)).begin(simulator -> {});
    }

    private Every8dSimulator begin(Consumer<Every8dSimulator> prepared) {
        prepared.accept(this);
        agenda.start("every8d-agenda-" + server.port());
        server.begin();
        return this;
    }

    /** The endpoint, {@code http://127.0.0.1:<port>/API21/SOAP/SMS.asmx}. */
    public String url() {
        return server.address() + Endpoint.PATH;
    }

    /** Opens an account, with ten thousand points. */
    public Account account(String user, String password) {
        return accounts.open(user, password);
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

    /** For messages and callbacks to come. */
    public Every8dSimulator timings(Timings other) {
        timings = other;
        carrier.timings(other);
        return this;
    }

    /** All batches, oldest first. */
    public List<SentBatch> batches() {
        return agenda.exclusively(
                () -> batches.all().stream().map(Batch::snapshot).toList());
    }

    public Optional<SentBatch> batch(String id) {
        return agenda.exclusively(() -> batches.find(id).map(Batch::snapshot));
    }

    /** All messages of all batches. */
    public List<SentMessage> messages() {
        return batches().stream().flatMap(batch -> batch.messages().stream()).toList();
    }

    /** Every try of a callback, oldest first; the last 10,000. */
    public List<CallbackAttempt> callbacks() {
        return callbackSender.attempts();
    }

    /** The receiver of a message answers, now; false when there is no such message. */
    public boolean reply(String batchId, String mobile, String text) {
        return onRow(batchId, mobile, (batch, row) -> carrier.reply(batch, row, text, clock.instant()));
    }

    /** The carrier reports this status now, also after another one; false when there is no such message. */
    public boolean report(String batchId, String mobile, int status) {
        return onRow(batchId, mobile, (batch, row) -> carrier.settle(batch, row, status, clock.instant()));
    }

    @Override
    public void close() {
        server.close();
        callbackSender.close();
        agenda.close();
    }

    Accounts accounts() {
        return accounts;
    }

    private interface OnRow {
        void happen(Batch batch, Row row);
    }

    private boolean onRow(String batchId, String mobile, OnRow event) {
        return agenda.exclusively(() -> {
            Optional<Batch> batch = batches.find(batchId);
            Optional<Row> row = batch.flatMap(found -> found.rows().stream()
                    .filter(one -> one.order.mobile().equals(mobile))
                    .findFirst());
            row.ifPresent(found -> event.happen(batch.get(), found));
            return row.isPresent();
        });
    }

    private Job receive(Request request) {
        if (Endpoint.leadsHere(request)) {
            return door.receive(request, address(request));
        }
        // made here, not in the constructor: without Jackson on the class path all but this works
        return Control.leadsHere(request)
                ? new Control(wire(), switches, faults, clock, new Every8dControl(this)).receive(request)
                : new FixedJob("other", Answer.html(404, "<h1>404</h1>"));
    }

    /** As the caller named it, so that a description leads back the same way. */
    private String address(Request request) {
        String scheme = server.address().substring(0, server.address().indexOf("//") + 2);
        return request.header("Host").map(host -> scheme + host).orElseGet(server::address);
    }

    private void settle() {
        agenda.runDue();
    }

    private void repeat(Runnable callback) {
        agenda.at(clock.instant().plus(timings.callbackRepeat()), callback);
    }

    /**
     * Runs until the process ends: {@code java -cp target/test-classes hoopoe.local.every8d.Every8dSimulator <port> <user>
     * <password> [<callback address>]}. Only the control surface needs more on the class path (Jackson).
     */
    public static void main(String[] args) throws InterruptedException {
        try (Every8dSimulator simulator = start(Integer.parseInt(args[0]), prepared -> open(prepared, args))) {
            System.out.println(simulator.url());
            new CountDownLatch(1).await();
        }
    }

    private static void open(Every8dSimulator simulator, String[] args) {
        Account account = simulator.account(args[1], args[2]);
        if (args.length > 3) {
            account.callback(URI.create(args[3]));
        }
    }
}
