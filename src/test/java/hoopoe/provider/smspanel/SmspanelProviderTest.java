package hoopoe.provider.smspanel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hoopoe.local.smspanel.SentMessage;
import hoopoe.local.smspanel.SmspanelSimulator;
import hoopoe.local.smspanel.Switch;
import hoopoe.local.stage.SimulatedProvider;
import hoopoe.local.wire.Answer;
import hoopoe.local.wire.Delivery;
import hoopoe.local.wire.Ending;
import hoopoe.local.wire.Fault;
import hoopoe.message.MessageState;
import hoopoe.message.PhoneNumber;
import hoopoe.provider.AdapterFixture;
import hoopoe.provider.Capabilities.Feature;
import hoopoe.provider.Deadline;
import hoopoe.provider.InboxContent.InboxRefused;
import hoopoe.provider.InboxContent.Messages;
import hoopoe.provider.InboxContent.ReceivedMessage;
import hoopoe.provider.InboxResponse;
import hoopoe.provider.ProviderContract;
import hoopoe.provider.ProviderException;
import hoopoe.provider.Readiness.Blocked;
import hoopoe.provider.Readiness.Ready;
import hoopoe.provider.ReportPage;
import hoopoe.provider.ReportPage.ReportRow;
import hoopoe.provider.ReportQuery;
import hoopoe.provider.SendOrder;
import hoopoe.provider.SendOutcome.Accepted;
import hoopoe.provider.SendOutcome.Cause;
import hoopoe.provider.SendOutcome.NotSent;
import hoopoe.provider.SendOutcome.RecipientResult;
import hoopoe.provider.SendOutcome.Rejected;
import hoopoe.provider.SendOutcome.Unconfirmed;
import hoopoe.provider.ValidationError;
import hoopoe.testing.SocketPeer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The adapter against the simulated panel, over sockets. */
class SmspanelProviderTest extends ProviderContract {

    private static final String SEND = "SendSMS";
    private static final String SEND_MULTIPLE = "SendMultipleSMS";
    private static final String STATUS = "GetStatus";
    private static final String ONE = "+989121234567";
    private static final String TWO = "+989121234568";
    private static final String TEXT = "سلام <1> & 2 😀\nx";

    private final SmspanelSimulator simulator = SmspanelSimulator.start();
    private final Adapter adapter = new Adapter(simulator.url());
    private final hoopoe.local.smspanel.Account customer =
            simulator.account("user", "right").number("3000123");

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
        return Adapter.order(text, ONE);
    }

    @Override
    protected List<String> operations() {
        return List.of(SEND, "GetCredit", SEND_MULTIPLE, STATUS, "GetMsg");
    }

    @Override
    protected Object ask(AdapterFixture asking, Deadline deadline) {
        return asking.provider().credit(asking.account, deadline);
    }

    @Override
    protected void password(String password) {
        customer.password(password);
    }

    @Override
    protected void refuseAccount() {
        customer.password("changed");
    }

    @Override
    protected Stream<Runnable> styles() {
        return Stream.of(Switch.Style.values())
                .map(style -> () -> simulator.switches().set(style));
    }

    @Override
    protected int step() {
        return 13;
    }

    static Stream<Fault> losses() {
        return Stream.concat(
                usualLosses(),
                Stream.of(
                        Fault.shortened(0),
                        work -> work.carryOut().shortened(100).by(Delivery.untilClose()),
                        Fault.instead(Answer.of(500, "text/html", "")),
                        Fault.instead(Answer.of(
                                200,
                                "text/xml",
                                "<!DOCTYPE r SYSTEM \"http://127.0.0.1:1/\"><r><ErrCode>-5</ErrCode></r>")),
                        Fault.refuses(-3),
                        Fault.refuses(-9),
                        Fault.fails("PHP Fatal error: Allowed memory size")));
    }

    static Stream<Arguments> stylesAndCharsets() {
        return Stream.of(Switch.Style.values())
                .flatMap(style -> Stream.of(Switch.Charset.values()).map(charset -> Arguments.of(style, charset)));
    }

    /** Every method in every style, its charset told truly or not, by name and by place. */
    @ParameterizedTest
    @MethodSource("stylesAndCharsets")
    void everyMethodInEveryStyle(Switch.Style style, Switch.Charset charset) {
        for (var parameters : Switch.Parameters.values()) {
            simulator.switches().set(style).set(charset).set(parameters);
            var order = Adapter.order("سلام <1> & 2 😀\r\nx", ONE, TWO);
            var sent = accepted(order);
            assertThat(sent.note()).isEmpty();
            var own = new SendOrder(
                    "T2",
                    "",
                    "common",
                    null,
                    null,
                    List.of(Adapter.recipient(ONE, TEXT), Adapter.recipient(TWO, null)));
            var peers = accepted(own);
            var ids = Stream.of(sent, peers)
                    .flatMap(accepted -> accepted.results().stream())
                    .map(RecipientResult::id)
                    .toList();
            var messages = simulator
                    .messages()
                    .subList(
                            simulator.messages().size() - 4,
                            simulator.messages().size());
            assertThat(messages).extracting(SentMessage::text).containsExactly(TEXT, TEXT, TEXT, "common");
            assertThat(messages)
                    .extracting(SentMessage::to)
                    .containsExactly("09121234567", "09121234568", "09121234567", "09121234568");
            assertThat(messages)
                    .extracting(message -> Long.toString(message.id()))
                    .isEqualTo(ids);
            simulator.report(messages.get(0).id(), 4);
            simulator.report(messages.get(1).id(), 5);
            assertThat(report(order, sent))
                    .extracting(reportRow -> reportRow.fact().state())
                    .containsExactly(MessageState.DELIVERED, MessageState.FAILED);
            assertThat(credit()).isNotNull();
            simulator.receive(customer, ONE, "3000123", TEXT);
            assertThat(drained()).extracting(ReceivedMessage::text).containsExactly(TEXT);
            assertThat(drained()).isEmpty();
        }
    }

    static Stream<Enum<?>> formsOfIds() {
        return Stream.of(Switch.SendIds.values(), Switch.Each.values()).flatMap(Stream::of);
    }

    @ParameterizedTest
    @MethodSource("formsOfIds")
    void everyFormOfIdsIsReadInEveryStyle(Enum<?> form) {
        simulator.switches().set(form.getDeclaringClass().getSimpleName(), form.name());
        for (var style : Switch.Style.values()) {
            simulator.switches().set(style);
            for (var order : List.of(Adapter.order("a", TWO, ONE), personal(TWO, ONE))) {
                var sent = accepted(order);
                assertThat(sent.note()).as("%s", style).isEmpty();
                assertThat(ids(sent)).as("%s", style).isEqualTo(lastIds(2));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Switch.Style.class)
    void aLostArrayIsTakenWithoutIds(Switch.Style style) {
        simulator.switches().set(style).set(Switch.Arrays.LOST);
        var sent = accepted(Adapter.order("a", ONE, TWO));
        assertThat(sent.note()).isEqualTo("ids_unknown");
        assertThat(sent.reference()).isNull();
        assertThat(sent.results())
                .extracting(RecipientResult::state)
                .containsExactly(MessageState.SUBMITTED, MessageState.SUBMITTED);
        simulator.receive(customer, ONE, "3000123", "a");
        assertThat(adapter.provider.read(adapter.account, raw()).toString()).contains("Unreadable");
    }

    @Test
    void oneIdMayStandAlone() {
        simulator.switches().set(Switch.OneId.ALONE);
        assertThat(ids(accepted(Adapter.order("a", ONE)))).isEqualTo(lastIds(1));
    }

    /** More ids or fewer than recipients: what a panel removed cannot be told. */
    @Test
    void aRepeatThatThePanelRemovedCostsTheIdsOfAll() {
        simulator.switches().set(Switch.Repeats.IN_BOTH).set(Switch.Each.UNDER_ONE);
        var sent = accepted(personal(ONE, ONE));
        assertThat(sent.note()).isEqualTo("ids_unknown");
        assertThat(ids(sent)).containsOnlyNulls();
    }

    @ParameterizedTest
    @EnumSource(Switch.StatusShape.class)
    void everyFormOfAStatusIsReadInEveryStyle(Switch.StatusShape shape) {
        simulator.switches().set(shape);
        var order = Adapter.order("a", ONE, TWO);
        for (var style : Switch.Style.values()) {
            for (var keys : Switch.IntegerKeys.values()) {
                simulator.switches().set(style).set(keys);
                var sent = accepted(order);
                simulator.report(Long.parseLong(ids(sent).get(1)), 6);
                assertThat(report(order, sent))
                        .as("%s %s", style, keys)
                        .extracting(reportRow ->
                                reportRow.to() + " " + reportRow.fact().code())
                        .containsExactly(new PhoneNumber(ONE) + " 1", new PhoneNumber(TWO) + " 6");
            }
        }
    }

    @Test
    void manyDispatchesAreAskedAboutSixtyIdsACall() {
        var queries = IntStream.range(0, 7)
                .mapToObj(n -> {
                    var order = Adapter.order("a", numbers(25));
                    return Adapter.query(order, accepted(order));
                })
                .toList();
        var pages = adapter.provider.reports(adapter.account, queries, adapter.deadline());
        assertThat(pages).hasSize(7);
        assertThat(pages.values()).allSatisfy(page -> assertThat(page.rows()).hasSize(25));
        assertThat(simulator.wire().count(STATUS)).isEqualTo(4);
    }

    /** An id that the panel leaves out may cost those beside it their codes: nothing is said of them. */
    @Test
    void dispatchesAskedAboutTogetherInVainAreNotAnswered() {
        var one = query(1);
        var two = query(1);
        saysNothing();
        assertThat(reports(one, two)).isEmpty();
        saysNothing();
        assertThat(reports(one).get(one.reference()).rows()).isEmpty();
        assertThat(reports(one, two)).containsOnlyKeys(one.reference(), two.reference());
    }

    /** What was answered before is kept; where nothing was, it is told why. */
    @Test
    void aQuestionThatFailsCostsNoOtherItsAnswer() {
        var full = query(60);
        var next = query(60);
        simulator.faults().next(STATUS, with(200)).next(STATUS, with(503));
        assertThat(reports(full, next)).containsOnlyKeys(full.reference());
        simulator.faults().next(STATUS, with(503));
        assertThatThrownBy(() -> reports(full, next))
                .isInstanceOf(ProviderException.ProviderUnavailable.class)
                .hasMessageContaining("http_503");
    }

    private ReportQuery query(int recipients) {
        var order = Adapter.order("a", numbers(recipients));
        return Adapter.query(order, accepted(order));
    }

    private Map<String, ReportPage> reports(ReportQuery... queries) {
        return adapter.provider.reports(adapter.account, List.of(queries), adapter.deadline());
    }

    private void saysNothing() {
        var nothing = Answers.json("{\"ErrCode\":0,\"Result\":[]}");
        simulator.faults().next(STATUS, Fault.instead(Answer.of(200, "text/xml; charset=UTF-8", nothing)));
    }

    @Test
    void sixtyNumbersAreOneCall() {
        var order = Adapter.order("a", numbers(60));
        assertThat(ids(accepted(order))).doesNotHaveDuplicates().hasSize(60);
        assertThat(simulator.wire().count(SEND)).isOne();
    }

    @ParameterizedTest
    @MethodSource("formsOfAnInbox")
    void everyFormOfAnInboxIsReadInEveryStyle(Enum<?> form) {
        simulator.switches().set(form.getDeclaringClass().getSimpleName(), form.name());
        for (var style : Switch.Style.values()) {
            simulator.switches().set(style);
            assertThat(drained()).isEmpty();
            simulator.receive(customer, "09121234567", "3000123", TEXT);
            assertThat(drained()).singleElement().satisfies(message -> {
                assertThat(message.from()).isEqualTo(new PhoneNumber(ONE));
                assertThat(message.to()).isEqualTo("3000123");
                assertThat(message.text()).isEqualTo(TEXT);
                assertThat(message.at())
                        .isBetween(
                                adapter.clock.instant().minusSeconds(60),
                                adapter.clock.instant().plusSeconds(1));
            });
        }
    }

    static Stream<Enum<?>> formsOfAnInbox() {
        return Stream.of(Switch.EmptyInbox.values(), Switch.OneMessage.values(), Switch.MessageTime.values())
                .flatMap(Stream::of);
    }

    @Test
    void aFullAnswerSaysThatThereMayBeMore() {
        for (int i = 0; i < 120; i++) {
            simulator.receive(customer, ONE, "3000123", "n" + i);
        }
        var counts = new ArrayList<Integer>();
        boolean more = true;
        for (int answers = 0; more && answers < 10; answers++) {
            var read = (Messages) adapter.provider.read(adapter.account, raw());
            counts.add(read.messages().size());
            more = read.more();
        }
        assertThat(counts).containsExactly(50, 50, 20);
    }

    @Test
    void aMessageThatIsGivenTwiceIsTheSame() {
        simulator.switches().set(Switch.Reading.KEEPS);
        simulator.receive(customer, ONE, "3000123", "a");
        simulator.receive(customer, TWO, "3000123", "a");
        var first = drained().stream().map(ReceivedMessage::identity).toList();
        assertThat(first).doesNotHaveDuplicates();
        assertThat(drained()).extracting(ReceivedMessage::identity).isEqualTo(first);
    }

    @Test
    void anUnknownUserBlocksUntilThereIsAnotherPassword() {
        customer.password("changed");
        assertThat(adapter.send(Adapter.order("a", ONE)))
                .isEqualTo(new NotSent(Cause.REFUSED, "-1", "کاربر شناسایی نشد"));
        assertThat(adapter.readiness()).isEqualTo(new Blocked("-1", "کاربر شناسایی نشد"));
        assertThatThrownBy(this::credit).isInstanceOf(ProviderException.ProviderRefused.class);
        assertThat(simulator.wire().exchanges()).hasSize(1);

        try (var other = new Adapter(new Adapter.Setup(simulator.url())
                .options(Map.of("password", "changed"))
                .sessions(adapter.sessions))) {
            assertThat(other.send(Adapter.order("a", ONE))).isInstanceOf(Accepted.class);
            other.provider.credit(other.account, other.deadline());
            assertThat(adapter.sessions.read("tehran").block()).isNull();
        }
        assertThat(adapter.readiness()).isInstanceOf(Blocked.class);
    }

    @ParameterizedTest
    @EnumSource(Switch.BadLogin.class)
    void anUnknownUserOfManyIsOneToo(Switch.BadLogin form) {
        simulator.switches().set(form);
        customer.password("changed");
        assertThat(adapter.send(personal(ONE, TWO))).isEqualTo(new NotSent(Cause.REFUSED, "-1", "کاربر شناسایی نشد"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"credit", "status", "inbox"})
    void anUnknownUserInAQuestionBlocksToo(String question) {
        var order = Adapter.order("a", ONE);
        var sent = accepted(order);
        customer.password("changed");
        if (question.equals("inbox")) {
            assertThat(adapter.provider.read(adapter.account, raw()))
                    .isEqualTo(new InboxRefused("-1", "کاربر شناسایی نشد"));
        } else {
            assertThatThrownBy(() -> ask(question, order, sent)).isInstanceOf(ProviderException.ProviderRefused.class);
        }
        assertThat(adapter.readiness()).isInstanceOf(Blocked.class);
    }

    private Object ask(String question, SendOrder order, Accepted sent) {
        return question.equals("credit") ? credit() : report(order, sent);
    }

    @Test
    void aSendErrorIsUnconfirmedForTheCallOrForOne() {
        simulator.switches().set(Switch.SendError.CALL_BUT_SENT);
        for (var order : List.of(Adapter.order("a", ONE, TWO), personal(ONE, TWO))) {
            assertThat(adapter.send(order)).isInstanceOfSatisfying(Unconfirmed.class, unconfirmed -> {
                assertThat(unconfirmed.code()).isEqualTo("-3");
                assertThat(unconfirmed.text()).isEqualTo("خطای ارسال");
            });
        }
        simulator.switches().set(Switch.SendError.EVERY_SECOND);
        var sent = accepted(personal(ONE, TWO));
        assertThat(sent.results())
                .extracting(RecipientResult::state)
                .containsExactly(MessageState.SUBMITTED, MessageState.UNCONFIRMED);
        assertThat(sent.results().get(1).text()).isEqualTo("خطای ارسال");
        assertThat(simulator.wire().count(SEND)).isOne();
        assertThat(simulator.wire().count(SEND_MULTIPLE)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {-2, -4, -5})
    void aRefusalIsForGood(int code) {
        simulator.faults().next(SEND, Fault.refuses(code));
        assertThat(adapter.send(Adapter.order("a", ONE)))
                .isInstanceOfSatisfying(
                        Rejected.class, rejected -> assertThat(rejected.code()).isEqualTo(Integer.toString(code)));
        assertThat(adapter.readiness()).isInstanceOf(Ready.class);
    }

    @Test
    void anotherSendersNumberIsRefused() {
        try (var other = new Adapter(simulator.url(), Map.of("from", "3000999"))) {
            assertThat(other.send(Adapter.order("a", ONE)))
                    .isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.code())
                            .isEqualTo("-5"));
        }
    }

    @Test
    void aFaultThatBlamesTheCallIsARefusal() {
        var fault = Answers.fault("SOAP-ENV:Client");
        simulator.faults().next(SEND, Fault.instead(Answer.of(500, "text/xml; charset=utf-8", fault)));
        assertThat(adapter.send(Adapter.order("a", ONE))).isEqualTo(new Rejected("fault", "no +*********567"));
    }

    @Test
    void aDrainWhoseAnswerIsLostSaysSo() {
        simulator.receive(customer, ONE, "3000123", "a");
        simulator.faults().next("GetMsg", Fault.dropAfterWork(Ending.CLOSE));
        assertThat(drain()).isEqualTo(new InboxResponse.ResponseLost("lost", ""));
        assertThat(simulator.wire().count("GetMsg")).isOne();
    }

    /** With every option, requests are as the document says. */
    @Test
    void theCallIsAsConfigured() throws IOException {
        var answer = SocketPeer.http(200, "text/xml; charset=utf-8", Fixtures.read("send.struct.xml"));
        try (var peer = SocketPeer.saying(answer);
                var plain = new Adapter(peer.url() + "?wsdl");
                var other = new Adapter(
                        peer.url().toString(),
                        Map.of(
                                "namespace",
                                "urn:x&y",
                                "soap-action",
                                "urn:smsserver#%s",
                                "number-form",
                                "+98",
                                "parameter-order",
                                "SendSMS=fromNum, toNum,messageContent,user,pass;"))) {
            assertThat(plain.send(Adapter.order("a", ONE, TWO))).isInstanceOf(Accepted.class);
            assertThat(other.send(Adapter.order("a", ONE, TWO))).isInstanceOf(Accepted.class);
            assertThat(peer.requests()).hasSize(2);
            assertThat(peer.requests().get(0))
                    .startsWith("POST /API21/SOAP/SMS.asmx HTTP/1.1")
                    .containsIgnoringCase("SOAPAction: \"SendSMS\"\r\n")
                    .endsWith(Fixtures.read("send.request.xml")
                            .replace(">demo<", ">user<")
                            .replace(">secret<", ">right<")
                            .replace("سلام &amp; &lt;b&gt;", "a"));
            assertThat(peer.requests().get(1))
                    .containsIgnoringCase("SOAPAction: \"urn:smsserver#SendSMS\"\r\n")
                    .contains("xmlns:ns1=\"urn:x&amp;y\"><fromNum")
                    .contains(">+989121234567<")
                    .endsWith(">right</pass></ns1:SendSMS></SOAP-ENV:Body></SOAP-ENV:Envelope>");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "url, ''",
        "url, not-an-address",
        "url, ftp://127.0.0.1/",
        "from, ''",
        "number-form, 0098",
        "parameter-order, SendSMS",
        "parameter-order, 'SendSMS=user,pass'",
        "parameter-order, 'Nope=user'",
        "user, ''",
        "password, 'a\u0001b'",
        "from, 'a\u0001b'"
    })
    void anAccountThatIsMisconfiguredIsToldBeforeTheClaim(String key, String value) {
        try (var other = new Adapter(simulator.url(), Map.of(key, value))) {
            assertThat(other.readiness()).isInstanceOfSatisfying(Blocked.class, blocked -> assertThat(blocked.code())
                    .isIn("misconfigured", "credentials_missing"));
        }
    }

    @ParameterizedTest
    @CsvSource({"user, ?wsdl, true", "user, /other, false", "another, '', false"})
    void twoNamesForOneCustomerAreRefused(String user, String end, boolean isTwin) {
        var options = Map.of(
                "second.provider",
                "smspanel",
                "second.url",
                simulator.url() + end,
                "second.user",
                user,
                "second.password",
                "right");
        try (var other = new Adapter(simulator.url(), options)) {
            assertThat(other.readiness() instanceof Blocked blocked
                            && blocked.code().equals("account_twice"))
                    .isEqualTo(isTwin);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "+12028951800, a, to, number_not_supported",
        "+989121234567, ' ', text, text_empty",
        "+989121234567, '\u0000', text, text_not_encodable"
    })
    void whatThePanelCannotSendIsSaidBefore(String to, String text, String field, String code) {
        for (var order : List.of(
                Adapter.order(text, to),
                new SendOrder("T1", "", "", null, null, List.of(Adapter.recipient(to, text))))) {
            assertThat(adapter.provider.check(adapter.account, order))
                    .extracting(ValidationError::field, ValidationError::code)
                    .contains(org.assertj.core.groups.Tuple.tuple(field, code));
        }
        assertThat(adapter.provider.check(adapter.account, Adapter.order(TEXT, ONE)))
                .isEmpty();
    }

    /** As it goes out, where a line end is one character. */
    @ParameterizedTest
    @CsvSource({"a, 1530, true", "a, 1531, false", "'a\r\n', 765, true", "'a\r\n', 766, false"})
    void aTextHasALimit(String part, int times, boolean fits) {
        assertThat(adapter.provider.check(adapter.account, Adapter.order(part.repeat(times), ONE)))
                .extracting(ValidationError::code)
                .isEqualTo(fits ? List.of() : List.of("text_too_long"));
    }

    @Test
    void whatItCanDo() {
        var capabilities = adapter.provider.capabilities(adapter.account);
        assertThat(capabilities.features())
                .containsExactlyInAnyOrder(
                        Feature.CREDIT, Feature.DELIVERY_REPORTS, Feature.INBOX, Feature.PERSONALISED);
        assertThat(capabilities.dispatchSize()).isEqualTo(60);
        assertThat(adapter.provider.type()).isEqualTo("smspanel");
        assertThat(adapter.provider
                        .estimate(adapter.account, new PhoneNumber(ONE), "a")
                        .low())
                .isNull();
        try (var other = new Adapter(simulator.url(), Map.of("dispatch-size", "500"))) {
            assertThat(other.provider.capabilities(other.account).dispatchSize())
                    .isEqualTo(60);
        }
    }

    @Test
    void nothingTellsASecret() {
        assertThat(adapter.readiness().toString()).doesNotContain("right").doesNotContain("user");
        assertThat(raw().toString()).startsWith("RawResponse[200, ");
        simulator.faults().next("GetCredit", Fault.refuses(-5));
        assertThatThrownBy(this::credit)
                .hasMessage("smspanel GetCredit: -5")
                .isInstanceOf(ProviderException.ProviderRefused.class);
    }

    private void assertOnePost() {
        assertThat(simulator.wire().count(SEND)).isOne();
        assertThat(simulator.wire().connections()).isOne();
    }

    private static SendOrder personal(String... numbers) {
        var recipients = IntStream.range(0, numbers.length)
                .mapToObj(n -> Adapter.recipient(numbers[n], "own " + n))
                .toList();
        return new SendOrder("T1", "", "", null, null, recipients);
    }

    private static String[] numbers(int count) {
        return IntStream.range(0, count).mapToObj("+98912%07d"::formatted).toArray(String[]::new);
    }

    private Accepted accepted(SendOrder order) {
        var outcome = adapter.send(order);
        assertThat(outcome).as(() -> lastAnswer()).isInstanceOf(Accepted.class);
        return (Accepted) outcome;
    }

    private String lastAnswer() {
        var exchanges = simulator.wire().exchanges();
        return exchanges.get(exchanges.size() - 1).answer().map(Answer::text).orElse("");
    }

    private static List<String> ids(Accepted accepted) {
        return accepted.results().stream().map(RecipientResult::id).toList();
    }

    private List<String> lastIds(int count) {
        var messages = simulator.messages();
        return messages.subList(messages.size() - count, messages.size()).stream()
                .map(message -> Long.toString(message.id()))
                .toList();
    }

    private List<ReportRow> report(SendOrder order, Accepted sent) {
        return adapter.provider
                .report(adapter.account, Adapter.query(order, sent), 1, adapter.deadline())
                .rows();
    }

    private java.math.BigDecimal credit() {
        return adapter.provider.credit(adapter.account, adapter.deadline()).points();
    }

    private InboxResponse drain() {
        return adapter.provider.drain(adapter.account, (Ready) adapter.readiness(), adapter.deadline());
    }

    private InboxResponse.RawResponse raw() {
        return (InboxResponse.RawResponse) drain();
    }

    private List<ReceivedMessage> drained() {
        return ((Messages) adapter.provider.read(adapter.account, raw())).messages();
    }
}
