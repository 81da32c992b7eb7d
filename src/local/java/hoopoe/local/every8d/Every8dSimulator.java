package hoopoe.local.every8d;

import hoopoe.local.stage.CallbackAttempt;
import hoopoe.local.stage.Control;
import hoopoe.local.stage.Fate;
import hoopoe.local.stage.Fates;
import hoopoe.local.stage.FixedJob;
import hoopoe.local.stage.SimulatedProvider;
import hoopoe.local.stage.Timings;
import hoopoe.local.wire.Answer;
import hoopoe.local.wire.Job;
import hoopoe.local.wire.Request;
import hoopoe.local.wire.WireApp;
import hoopoe.local.wire.WireServer;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/** EVERY8D: accounts, sessions, sends, reports over time, replies and callbacks. */
public final class Every8dSimulator extends SimulatedProvider {
    private static final Map<String, Fate> FATES = Map.of(
            "901", Fate.ending(101),
            "903", Fate.ending(103),
            "907", Fate.replying(Row.DELIVERED, "收到，謝謝 & ok + 1"),
            "908", Fate.late(Row.DELIVERED),
            "909", Fate.unreported());

    private final Batches batches = new Batches();
    private final Accounts accounts = new Accounts(clock(), switches());
    private final CallbackSender callbackSender = new CallbackSender(switches(), this::repeat, threads("callback"));
    private final Carrier carrier = new Carrier(agenda, fates(), switches(), callbackSender, this::timings);
    private final Endpoint door;

    private Every8dSimulator(Function<WireApp, WireServer> listening) {
        super("every8d", Switch.class, new Fates(Fate.ending(Row.DELIVERED), FATES), listening);
        Orders orders = new Orders(clock(), switches(), batches, carrier);
        Operations operations = new Operations(agenda, accounts, switches(), batches, orders);
        door = new Endpoint(operations, switches(), faults(), server()::pause);
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
        begin();
        return this;
    }

    /** The endpoint, {@code http://127.0.0.1:<port>/API21/SOAP/SMS.asmx}. */
    @Override
    public String url() {
        return server().address() + Endpoint.PATH;
    }

    /** Opens an account, with ten thousand points. */
    public Account account(String user, String password) {
        return accounts.open(user, password);
    }

    @Override
    public Every8dSimulator timings(Timings other) {
        super.timings(other);
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

    @Override
    public List<SentMessage> messages() {
        return batches().stream().flatMap(batch -> batch.messages().stream()).toList();
    }

    /** Every try of a callback, oldest first; the last 10,000. */
    public List<CallbackAttempt> callbacks() {
        return callbackSender.attempts();
    }

    /** The receiver of a message answers, now; false when there is no such message. */
    public boolean reply(String batchId, String mobile, String text) {
        return onRow(batchId, mobile, (batch, row) -> carrier.reply(batch, row, text, clock().instant()));
    }

    /** The carrier reports this status now, also after another one; false when there is no such message. */
    public boolean report(String batchId, String mobile, int status) {
        return onRow(batchId, mobile, (batch, row) -> carrier.settle(batch, row, status, clock().instant()));
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

    @Override
    protected Job answer(Request request) {
        return Endpoint.leadsHere(request)
                ? door.receive(request, address(request))
                : new FixedJob("other", Answer.html(404, "<h1>404</h1>"));
    }

    @Override
    protected Control.Own control() {
        return new Every8dControl(this);
    }

    /** As the caller named it, so that a description leads back the same way. */
    private String address(Request request) {
        String scheme = server().address().substring(0, server().address().indexOf("//") + 2);
        return request.header("Host").map(host -> scheme + host).orElseGet(server()::address);
    }

    private void repeat(Runnable callback) {
        agenda.at(clock().instant().plus(timings().callbackRepeat()), callback);
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
