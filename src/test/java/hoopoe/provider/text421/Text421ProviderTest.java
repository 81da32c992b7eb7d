package hoopoe.provider.text421;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hoopoe.local.stage.SimulatedProvider;
import hoopoe.local.stage.Timings;
import hoopoe.local.text421.ReceivedMessage;
import hoopoe.local.text421.SentMessage;
import hoopoe.local.text421.Switch;
import hoopoe.local.text421.Text421Simulator;
import hoopoe.local.wire.Answer;
import hoopoe.local.wire.Ending;
import hoopoe.local.wire.Fault;
import hoopoe.message.BinaryMessage;
import hoopoe.message.MessageState;
import hoopoe.message.PhoneNumber;
import hoopoe.provider.AdapterFixture;
import hoopoe.provider.Capabilities.Feature;
import hoopoe.provider.Deadline;
import hoopoe.provider.ProviderContract;
import hoopoe.provider.ProviderException;
import hoopoe.provider.Readiness.Blocked;
import hoopoe.provider.Readiness.Ready;
import hoopoe.provider.ReportPage;
import hoopoe.provider.ReportQuery;
import hoopoe.provider.SendOrder;
import hoopoe.provider.SendOutcome;
import hoopoe.provider.SendOutcome.Accepted;
import hoopoe.provider.SendOutcome.Cause;
import hoopoe.provider.SendOutcome.NotSent;
import hoopoe.provider.SendOutcome.Rejected;
import hoopoe.provider.SendOutcome.Unconfirmed;
import hoopoe.secret.Credentials;
import hoopoe.secret.Secrets;
import hoopoe.testing.SocketPeer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The adapter against the simulated text421, over sockets. */
class Text421ProviderTest extends ProviderContract {

    private static final String SEND = "smsSendBillXML";
    private static final String ASK = "deliveryJSON";
    private static final String MSISDN = "421901727051";
    private static final String ID = "k3v9x1c7m2q5z0";
    private static final Duration NEVER = Duration.ofDays(1);

    private final Text421Simulator simulator =
            Text421Simulator.start().timings(new Timings(NEVER, NEVER, NEVER, NEVER));
    private final hoopoe.local.text421.Account customer = simulator.account("user", "right");
    private final Adapter adapter = new Adapter(simulator.url());

    @Override
    protected SimulatedProvider simulator() {
        return simulator;
    }

    @Override
    protected AdapterFixture adapter() {
        return adapter;
    }

    @Override
    protected AdapterFixture adapter(AdapterFixture.Setup setup) {
        return new Adapter(setup);
    }

    @Override
    protected SendOrder order(String text) {
        return Adapter.order(ID, receive(), text);
    }

    @Override
    protected Optional<String> ownReference() {
        return Optional.of(ID);
    }

    @Override
    protected List<String> operations() {
        return List.of(SEND, ASK);
    }

    @Override
    protected Object ask(AdapterFixture asking, Deadline deadline) {
        if (simulator.messages().isEmpty()) {
            assertThat(send("a")).isInstanceOf(Accepted.class);
        }
        return asking.provider().reports(asking.account, List.of(ReportQuery.of(ID)), deadline);
    }

    @Override
    protected void password(String password) {
        customer.password(password);
    }

    @Override
    protected void refuseAccount() {
        customer.password("changed");
    }

    /** It says by its status alone that it took the message. */
    @Override
    protected Class<? extends SendOutcome> ofEmptyAnswer() {
        return Accepted.class;
    }

    static Stream<Fault> losses() {
        return Stream.concat(
                usualLosses(),
                Stream.of(
                        Fault.says("200"),
                        Fault.says("<!DOCTYPE r SYSTEM \"http://127.0.0.1:1/\"><r><status>400</status></r>"),
                        Fault.fails("unknown error: database")));
    }

    private String receive() {
        return simulator.receive(customer, MSISDN, "hello?", "7401").receivedId();
    }

    private SendOutcome send(String text) {
        return adapter.send(Adapter.order(ID, receive(), text));
    }

    private Map<String, ReportPage> reports(String... ids) {
        return adapter.provider.reports(
                adapter.account, Stream.of(ids).map(ReportQuery::of).toList(), adapter.deadline());
    }

    private void assertOnePost() {
        assertThat(simulator.wire().count(SEND)).isOne();
        assertThat(simulator.wire().connections()).isOne();
    }

    @Test
    void aChargedSmsArrivesAsItWasWritten() {
        var receivedId = receive();
        assertThat(Long.parseLong(receivedId)).isGreaterThan(Integer.MAX_VALUE);

        assertThat(adapter.send(Adapter.order(ID, receivedId, "<é> & \"€\" ]]>\r\n{x}")))
                .isEqualTo(new Accepted(ID, null, null, 0, "", List.of()));

        assertThat(simulator.messages()).hasSize(1);
        var sentMessage = simulator.messages().get(0);
        assertThat(sentMessage.order().text()).isEqualTo("<é> & \"€\" ]]>\n{x}");
        assertThat(sentMessage.order().billkey()).isEqualTo("billing-1234");
        assertThat(sentMessage.order().from()).isEqualTo("7401");
        assertThat(sentMessage.recipient().id()).isEqualTo(ID);
        assertThat(sentMessage.recipient().receivedId()).isEqualTo(receivedId);
        assertThat(sentMessage.recipient().msisdn()).isEqualTo(MSISDN);
        assertOnePost();
        var request = simulator.wire().last(SEND).orElseThrow().request();
        assertThat(request.target()).isEqualTo("/api/v6/rest/billsms/xml");
        assertThat(request.header("Content-Type")).contains("text/xml; charset=utf-8");
        assertThat(request.header("Accept")).contains("application/xml, text/xml, application/json, text/plain");
    }

    @Test
    void aBinaryMessageAndOneForLater() {
        var order = Adapter.order(ID, receive(), "0A0B0C", new BinaryMessage(245, null), "+" + MSISDN);
        var later = Instant.parse("2031-07-01T10:00:00Z");
        assertThat(adapter.send(new SendOrder(
                        order.token(), ID, "", order.text(), later, null, order.binary(), order.recipients())))
                .isInstanceOf(Accepted.class);
        var taken = simulator.messages().get(0).order();
        assertThat(taken.type()).isEqualTo("binary");
        assertThat(taken.dcs()).isEqualTo("245");
        assertThat(taken.esm()).isEmpty();
        assertThat(taken.delivery()).isEqualTo("2031-07-01 12:00:00");
    }

    @Test
    void foreignLettersAreWrittenOtherwiseWhereThatIsWished() {
        try (var other = new Adapter(simulator.url(), Map.of("transliterate", "true"))) {
            var order = Adapter.order(ID, receive(), "Ďakujeme…");
            assertThat(other.provider.check(other.account, order)).isEmpty();
            assertThat(other.send(order)).isInstanceOf(Accepted.class);
            assertThat(simulator.messages().get(0).order().text()).isEqualTo("Dakujeme...");
            assertThat(adapter.provider.check(adapter.account, order)).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Switch.Layout.class)
    void isTakenInEveryLayout(Switch.Layout layout) {
        simulator.switches().set(layout);
        assertThat(send("a")).isInstanceOf(Accepted.class);
        assertOnePost();
    }

    @ParameterizedTest
    @EnumSource(Switch.Layout.class)
    void isRefusedInEveryLayout(Switch.Layout layout) {
        simulator.switches().set(layout);
        assertThat(adapter.send(Adapter.order(ID, "1", "a")))
                .isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.code())
                        .isEqualTo(layout == Switch.Layout.EMPTY ? "400" : "missing_incoming_msg"));
        assertThat(simulator.messages()).isEmpty();
        assertOnePost();
    }

    @ParameterizedTest
    @EnumSource(value = Switch.Layout.class, names = "EMPTY", mode = EnumSource.Mode.EXCLUDE)
    void isRefusedUnderAStatusThatAlwaysSays200(Switch.Layout layout) {
        simulator.switches().set(layout).set(Switch.HttpStatus.ALWAYS_200);
        assertThat(adapter.send(Adapter.order(ID, "1", "a")))
                .isEqualTo(new Rejected("missing_incoming_msg", "400 missing incoming msg"));
        assertThat(simulator.messages()).isEmpty();
    }

    @Test
    void numbersThatTheProviderDoesNotServe() {
        assertThat(adapter.send(Adapter.order(ID, receive(), "a", null, "+421999123456")))
                .isEqualTo(new Rejected("unknown_prefix", "400 unknown prefix 421999"));
        simulator.networks().close("M");
        assertThat(send("a")).isEqualTo(new Rejected("unknown_network", "400 unknown network M"));
        simulator.switches().set(Switch.NetworkWord.UNKNWON);
        assertThat(send("a")).isEqualTo(new Rejected("unknown_network", "400 unknwon network M"));
    }

    @Test
    void aSecondChargeThatTheProviderRefusesIsRejected() {
        simulator.switches().set(Switch.Reuse.MISSING_INCOMING_MSG);
        var receivedId = receive();
        assertThat(adapter.send(Adapter.order(ID, receivedId, "a"))).isInstanceOf(Accepted.class);
        assertThat(adapter.send(Adapter.order("other", receivedId, "a"))).isInstanceOf(Rejected.class);
    }

    @Test
    void aRefusedPasswordBlocksUntilThereIsAnother() {
        customer.password("changed");
        var receivedId = receive();

        assertThat(adapter.send(Adapter.order(ID, receivedId, "a")))
                .isEqualTo(new NotSent(Cause.REFUSED, "401", "unknown username/password"));
        assertThat(adapter.readiness()).isEqualTo(new Blocked("401", "unknown username/password"));

        try (var other = new Adapter(new Adapter.Setup(simulator.url())
                .options(Map.of("password", "changed"))
                .sessions(adapter.sessions))) {
            assertThat(other.send(Adapter.order(ID, receivedId, "a"))).isInstanceOf(Accepted.class);
            assertThat(adapter.sessions.read("bratislava").block()).isNull();
        }
        assertThat(adapter.readiness()).isInstanceOf(Blocked.class);
        assertThat(simulator.messages()).hasSize(1);
    }

    /** One version cached, maybe another one there. */
    private static final class Cached implements Secrets {

        private final Credentials cached = new Credentials("user", "right", "billing-1234", "v1");
        private Credentials fresh = cached;

        @Override
        public Credentials credentials(String account) {
            return cached;
        }

        @Override
        public Credentials freshCredentials(String account) {
            return fresh;
        }

        @Override
        public List<String> callbackTokens(String account) {
            return List.of();
        }
    }

    @Test
    void aMendedPasswordCountsThoughTheRefusedOneIsStillCached() {
        customer.password("changed");
        var secrets = new Cached();
        try (var other = new Adapter(new Adapter.Setup(simulator.url()).secrets(secrets))) {
            assertThat(other.send(Adapter.order(ID, receive(), "a"))).isInstanceOf(NotSent.class);
            assertThat(other.readiness()).isInstanceOf(Blocked.class);

            secrets.fresh = new Credentials("user", "changed", "billing-1234", "v2");
            assertThat(other.send(Adapter.order(ID, receive(), "a"))).isInstanceOf(Accepted.class);
            assertThat(other.sessions.read("bratislava").block()).isNull();

            secrets.fresh = new Credentials("user", "changed", "", "v3");
            assertThat(other.readiness()).isInstanceOfSatisfying(Blocked.class, blocked -> assertThat(blocked.code())
                    .isEqualTo("misconfigured"));
            secrets.fresh = secrets.cached;
            assertThat(other.readiness()).isInstanceOf(Blocked.class);
            assertThat(other.sessions.read("bratislava").block()).isNotNull();
        }
        assertThat(simulator.wire().count(SEND)).isEqualTo(2);
    }

    @Test
    void aLostAnswerIsFoundAgainByOurId() {
        simulator.faults().next(SEND, Fault.dropAfterWork(Ending.CLOSE));
        assertThat(send("a")).isInstanceOf(Unconfirmed.class);
        assertThat(reports(ID).get(ID).rows())
                .extracting(reportRow -> reportRow.fact().state())
                .containsExactly(MessageState.SUBMITTED);
        simulator.report(ID, SentMessage.DELIVERED);
        assertThat(reports(ID).get(ID).rows())
                .extracting(reportRow -> reportRow.fact().state())
                .containsExactly(MessageState.DELIVERED);
        assertThat(simulator.wire().count(SEND)).isOne();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void noRedirectIsFollowed(int status) throws Exception {
        var moved = "HTTP/1.1 " + status + " Moved\r\nLocation: " + simulator.url()
                + "/billsms/xml\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        try (var peer = SocketPeer.saying(moved);
                var other = new Adapter("http://127.0.0.1:" + peer.url().getPort() + "/api/v6/rest/")) {
            assertThat(other.send(Adapter.order(ID, "1", "a")))
                    .isEqualTo(new Unconfirmed("http_" + status, "", Optional.of(ID)));
            assertThat(peer.requests()).hasSize(1);
            assertThat(peer.requests().get(0)).startsWith("POST /api/v6/rest/billsms/xml HTTP/1.1");
        }
        assertThat(simulator.wire().connections()).isZero();
    }

    @Test
    void anAddressThatMovedHoldsWhatIsStillToBeSent() throws Exception {
        var moved = "HTTP/1.1 301 Moved\r\nLocation: https://elsewhere.example/api\r\nContent-Length: 0\r\n"
                + "Connection: close\r\n\r\n";
        try (var peer = SocketPeer.saying(moved);
                var other = new Adapter("http://127.0.0.1:" + peer.url().getPort() + "/api/v6/rest/")) {
            other.send(Adapter.order(ID, "1", "a"));

            assertThat(other.readiness())
                    .isEqualTo(new Blocked("misconfigured", "the address moved to https://elsewhere.example/api"));
            assertThat(other.sessions.read("bratislava").block()).isNotNull();

            // Another address is tried at once, and what works there opens the block.
            try (var mended = new Adapter(new Adapter.Setup(simulator.url()).sessions(other.sessions))) {
                assertThat(mended.send(Adapter.order(ID, receive(), "a"))).isInstanceOf(Accepted.class);
            }
            assertThat(other.sessions.read("bratislava").block()).isNull();

            // So is the old one, where the account has it again: it may have come back. It is held anew if not.
            assertThat(other.readiness()).isInstanceOf(Ready.class);
            other.send(Adapter.order(ID, "2", "a"));
            assertThat(other.readiness())
                    .isEqualTo(new Blocked("misconfigured", "the address moved to https://elsewhere.example/api"));

            // So is another version of the secret.
            try (var renewed = new Adapter(
                    new Adapter.Setup("http://127.0.0.1:" + peer.url().getPort() + "/api/v6/rest/")
                            .options(Map.of("password", "other"))
                            .sessions(other.sessions))) {
                assertThat(renewed.readiness()).isInstanceOf(Ready.class);
            }
        }
    }

    @Test
    void anAddressThatTakesAMessageAfterAllDidNotMove() throws Exception {
        var moved = "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        var taken = SocketPeer.http(200, "application/json", "{\"status\":200,\"recipients\":1}");
        var answers = new ConcurrentLinkedQueue<>(List.of(moved, taken));
        try (var peer = new SocketPeer(line -> {
                    line.request();
                    line.say(answers.remove());
                });
                var other = new Adapter("http://127.0.0.1:" + peer.url().getPort() + "/api/v6/rest/")) {
            var before = (Ready) other.readiness();
            other.send(Adapter.order(ID, "1", "a"));
            assertThat(other.readiness()).isInstanceOf(Blocked.class);

            // A send that was under way when the other one was told so.
            assertThat(other.provider.send(other.account, before, Adapter.order(ID, "2", "a"), other.deadline()))
                    .isInstanceOf(Accepted.class);

            assertThat(other.sessions.read("bratislava").block()).isNull();
            assertThat(other.readiness()).isInstanceOf(Ready.class);
        }
    }

    @Test
    void anAddressThatMovedWithoutAWordIsToldSo() throws Exception {
        var moved = "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        try (var peer = SocketPeer.saying(moved);
                var other = new Adapter("http://127.0.0.1:" + peer.url().getPort() + "/api/v6/rest/")) {
            other.send(Adapter.order(ID, "1", "a"));

            assertThat(other.readiness())
                    .isEqualTo(new Blocked("misconfigured", "the address moved to a place that is not named"));
        }
    }

    @ParameterizedTest
    @EnumSource(Switch.DeliveryList.class)
    void manyAreAskedForAtOnce(Switch.DeliveryList list) {
        simulator.switches().set(list);
        for (int n = 0; n < 100; n++) {
            adapter.send(Adapter.order("id" + n, receive(), "a"));
        }
        simulator.report("id1", SentMessage.DELIVERED);
        simulator.report("id2", SentMessage.REJECTED);
        var ids = IntStream.range(1, 101).mapToObj(n -> "id" + n).toArray(String[]::new);

        var pages = reports(ids);

        assertThat(pages).hasSize(100);
        assertThat(pages.get("id100").rows()).isEmpty();
        assertThat(state(pages, "id1")).isEqualTo(MessageState.DELIVERED);
        assertThat(state(pages, "id2")).isEqualTo(MessageState.UNDELIVERED);
        assertThat(state(pages, "id3")).isEqualTo(MessageState.SUBMITTED);
        assertThat(simulator.wire().count(ASK)).isOne();
        assertThat(simulator.wire().last(ASK).orElseThrow().request().target())
                .isEqualTo("/api/v6/rest/delivery/json/");
    }

    private static MessageState state(Map<String, ReportPage> pages, String id) {
        return pages.get(id).rows().get(0).fact().state();
    }

    @Test
    void oneThatIsNotKnownIsAnEmptyPage() {
        var page = adapter.provider.report(adapter.account, ReportQuery.of("nobody"), 1, adapter.deadline());
        assertThat(page).isEqualTo(new ReportPage(0, List.of(), false));
    }

    @Test
    void aPasswordThatAQuestionFindsUnknownIsNotSentAgain() {
        customer.password("changed");

        assertThatThrownBy(() -> reports(ID))
                .isInstanceOf(ProviderException.ProviderRefused.class)
                .hasMessage("text421 deliveryJSON: http_401");
        assertThat(adapter.readiness()).isEqualTo(new Blocked("401", "unknown username/password"));
        assertThatThrownBy(() -> reports(ID)).isInstanceOf(ProviderException.ProviderRefused.class);

        assertThat(simulator.wire().count(ASK)).isOne();
    }

    /** A proxy's, or that the account may not ask: it may send all the same. */
    @ParameterizedTest
    @ValueSource(strings = {"", "<html><body>Authorization Required</body></html>", "{\"status\":401}"})
    void a401WithoutTheProvidersWordsBlocksNothing(String body) {
        simulator.faults().next(ASK, Fault.instead(Answer.of(401, "text/plain", body)));

        assertThatThrownBy(() -> reports(ID)).isInstanceOf(ProviderException.ProviderRefused.class);

        assertThat(adapter.readiness()).isInstanceOf(Ready.class);
    }

    @ParameterizedTest
    @CsvSource({
        "url, not-an-address",
        "url, ftp://127.0.0.1/",
        "from, Orange",
        "from, ''",
        "billing-key, ''",
        "user, seventeen-letters",
        "password, ''"
    })
    void anAccountThatIsMisconfiguredIsToldBeforeTheClaim(String key, String value) {
        try (var other = new Adapter(simulator.url(), Map.of(key, value))) {
            assertThat(other.readiness()).isInstanceOfSatisfying(Blocked.class, blocked -> assertThat(blocked.code())
                    .isEqualTo("misconfigured"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "user, 16, true",
        "user, 17, false",
        "password, 16, true",
        "password, 17, false",
        "billing-key, 17, true"
    })
    void userAndPasswordHaveSixteenCharacters(String key, int length, boolean fits) {
        try (var other = new Adapter(simulator.url(), Map.of(key, "x".repeat(length)))) {
            assertThat(other.readiness()).isInstanceOf(fits ? Ready.class : Blocked.class);
        }
    }

    /** Each would charge once more what the other has charged. */
    @ParameterizedTest
    @CsvSource({"user, true", "other, false"})
    void twoNamesForOneCustomerAreRefused(String user, boolean isTwin) {
        var second = "kosice.";
        var options = Map.of(
                second + "provider",
                "text421",
                second + "url",
                simulator.url(),
                second + "user",
                user,
                second + "password",
                "right");
        try (var other = new Adapter(simulator.url(), options)) {
            assertThat(other.readiness() instanceof Blocked blocked
                            && blocked.code().equals("account_twice"))
                    .isEqualTo(isTwin);
        }
    }

    @Test
    void whatItSaysWithoutCalling() {
        assertThat(adapter.provider.type()).isEqualTo("text421");
        assertThat(adapter.provider.number("0901727051")).contains(new PhoneNumber("+421901727051"));
        assertThat(adapter.provider
                        .estimate(adapter.account, new PhoneNumber("+421901727051"), "a")
                        .low())
                .isNull();
    }

    @Test
    void whatItCanDoAndWhatNot() {
        var capabilities = adapter.provider.capabilities(adapter.account);
        assertThat(capabilities.features())
                .containsExactlyInAnyOrder(
                        Feature.BINARY,
                        Feature.CALLBACKS,
                        Feature.DELIVERY_REPORTS,
                        Feature.PERSONALISED,
                        Feature.RECEIVED_ID,
                        Feature.REPLIES,
                        Feature.SCHEDULE);
        assertThat(capabilities.dispatchSize()).isOne();
        assertThat(capabilities.ownReference()).isEqualTo(14);
        assertThatThrownBy(() -> adapter.provider.credit(adapter.account, adapter.deadline()))
                .isInstanceOfSatisfying(ProviderException.NotSupported.class, missing -> assertThat(missing.code())
                        .isEqualTo("credit"));
        assertThatThrownBy(() -> adapter.provider.erase(adapter.account, "x", adapter.deadline()))
                .isInstanceOf(ProviderException.NotSupported.class);
        assertThatThrownBy(() -> adapter.provider.closeSession(adapter.account, adapter.deadline()))
                .isInstanceOf(ProviderException.NotSupported.class);
    }

    @Test
    void onlyTheReceiverCanBeChargedWhereTheProviderLooks() {
        simulator.switches().set(Switch.Owner.SAME_MSISDN);
        ReceivedMessage other = simulator.receive(customer, "421905123456", "hello?", "7401");
        assertThat(adapter.send(Adapter.order(ID, other.receivedId(), "a"))).isInstanceOf(Rejected.class);
    }
}
