package hoopoe.provider.every8d;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hoopoe.local.every8d.Every8dSimulator;
import hoopoe.local.every8d.SentMessage;
import hoopoe.local.every8d.Switch;
import hoopoe.local.stage.SimulatedProvider;
import hoopoe.local.wire.Fault;
import hoopoe.message.MessageState;
import hoopoe.message.PhoneNumber;
import hoopoe.message.StatusFact;
import hoopoe.provider.AdapterFixture;
import hoopoe.provider.CancelOutcome.CancelledMessages;
import hoopoe.provider.CancelOutcome.NoResult;
import hoopoe.provider.Capabilities.Feature;
import hoopoe.provider.Deadline;
import hoopoe.provider.ProviderContract;
import hoopoe.provider.ProviderException;
import hoopoe.provider.Readiness.Blocked;
import hoopoe.provider.ReportPage.ReportRow;
import hoopoe.provider.ReportQuery;
import hoopoe.provider.SendOrder;
import hoopoe.provider.SendOrder.OrderRecipient;
import hoopoe.provider.SendOutcome.Accepted;
import hoopoe.provider.SendOutcome.Cause;
import hoopoe.provider.SendOutcome.NotSent;
import hoopoe.provider.SendOutcome.Rejected;
import hoopoe.provider.SendOutcome.Unconfirmed;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract, and what only EVERY8D does, over sockets. */
class Every8dProviderTest extends ProviderContract {

    private static final String ONE = "+886912345678";
    private static final String TWO = "+886922333444";

    private final Every8dSimulator simulator = Every8dSimulator.start();
    private final Adapter adapter = new Adapter(simulator.url());
    private final hoopoe.local.every8d.Account customer = simulator.account("user", "right");
    private @Nullable String reported;

    @BeforeEach
    void open() {
        assertThat(adapter.ready()).isNotNull();
        simulator.wire().clear();
    }

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
        return List.of(
                "sendSMS",
                "getDeliveryStatus",
                "getConnection",
                "sendMessage",
                "sendParamSMS",
                "getCredit",
                "eraseBooking",
                "closeConnection");
    }

    /** For the report of a message that was delivered. */
    @Override
    protected Object ask(AdapterFixture asking, Deadline deadline) {
        if (reported == null) {
            reported = accepted(adapter, order("a")).reference();
            simulator.report(reported, ONE, 100);
        }
        return asking.provider().report(asking.account, ReportQuery.of(reported), 1, deadline);
    }

    @Override
    protected void password(String password) {
        simulator.account("user", password);
    }

    @Override
    protected void refuseAccount() {
        simulator.faults().next("sendSMS", Fault.says("-101,no"));
    }

    static Stream<Fault> losses() {
        return Stream.concat(
                usualLosses(),
                Stream.of(
                        Fault.says("OK"),
                        Fault.says(""),
                        Fault.saysAfterWork("-99, 主機端發生不明錯誤，請與廠商窗口聯繫。"),
                        Fault.says("-97"),
                        Fault.fails("Object reference not set to an instance of an object.")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1", "1.2"})
    void everyOperationInBothVersions(String version) {
        try (var other = new Adapter(simulator.url(), Map.of("soap-version", version))) {
            var sent = accepted(other, Adapter.order("測試 <1> & 2 😀\r\nx", ONE, TWO));
            assertThat(sent.note()).isEmpty();
            assertThat(sent.unsent()).isZero();
            assertThat(sent.cost()).isEqualByComparingTo("2");
            assertThat(sent.creditLeft()).isEqualByComparingTo("9998");
            assertThat(messages(sent)).extracting(SentMessage::text).containsOnly("測試 <1> & 2 😀\nx");
            var page = other.provider.report(other.account, ReportQuery.of(sent.reference()), 1, other.deadline());
            assertThat(page.total()).isEqualTo(2);
            assertThat(page.hasMore()).isFalse();
            assertThat(page.rows()).extracting(ReportRow::to).containsOnly(new PhoneNumber(ONE), new PhoneNumber(TWO));
            assertThat(other.provider.credit(other.account, other.deadline()).points())
                    .isEqualByComparingTo("9998");
            assertThat(other.provider.erase(other.account, sent.reference(), other.deadline()))
                    .isEqualTo(new NoResult("", ""));
            assertThat(other.provider.closeSession(other.account, other.deadline()))
                    .isTrue();
        }
    }

    @Test
    void personalTextsArriveCharacterForCharacter() {
        var recipients = List.of(
                new OrderRecipient(
                        new PhoneNumber(ONE), "<>&\"]]> 中文 😀", "Eric & \"Co\"", "a@example.com", null, null),
                new OrderRecipient(new PhoneNumber(TWO), null, null, null, null, null));
        var sent = accepted(adapter, new SendOrder("T1", "note", "common ]]>", null, null, recipients));
        assertThat(messages(sent)).extracting(SentMessage::text).containsExactly("<>&\"]]> 中文 😀", "common ]]>");
        assertThat(messages(sent)).extracting(SentMessage::name).containsExactly("Eric & \"Co\"", "");
        assertThat(sent.cost()).isEqualByComparingTo("2");
        var batch = simulator.batch(sent.reference()).orElseThrow();
        assertThat(batch.operation()).isEqualTo("sendParamSMS");
        assertThat(batch.subject()).isEqualTo("note #T1");
    }

    @Test
    void aValidityGoesOutInMinutes() {
        var order = new SendOrder("T1", "", "a", null, Duration.ofSeconds(61), Adapter.recipients(ONE));
        var batch = simulator.batch(accepted(adapter, order).reference()).orElseThrow();
        assertThat(batch.operation()).isEqualTo("sendMessage");
        assertThat(batch.retryTime()).isEqualTo("2");
        assertThat(batch.subject()).isEqualTo("#T1");
    }

    @Test
    void aServerWithoutSendMessageIsToldFromOneThatRefuses() {
        simulator.switches().set(Switch.SendMessage.MISSING);
        var order = new SendOrder("T1", "", "a", null, Duration.ofMinutes(5), Adapter.recipients(ONE));
        assertThat(adapter.send(order)).isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.code())
                .isEqualTo("not_supported_by_provider"));
        assertThat(simulator.messages()).isEmpty();
    }

    @Test
    void aScheduledBatchIsScheduledAndErased() {
        var later = Instant.now(adapter.clock).plus(Duration.ofHours(2));
        var order = new SendOrder("T1", "", "a", later, null, Adapter.recipients(ONE, TWO));
        var sent = accepted(adapter, order);
        assertThat(states(sent)).containsOnly(MessageState.SCHEDULED);
        assertThat(adapter.provider.erase(adapter.account, sent.reference(), adapter.deadline()))
                .isInstanceOfSatisfying(CancelledMessages.class, cancelledMessages -> {
                    assertThat(cancelledMessages.deleted()).isEqualTo(2);
                    assertThat(cancelledMessages.refunded()).isEqualByComparingTo("2");
                });
        assertThat(states(sent)).containsOnly(MessageState.CANCELLED);
        simulator.switches().set(Switch.EraseAgain.MINUS_4);
        assertThat(adapter.provider.erase(adapter.account, sent.reference(), adapter.deadline()))
                .isInstanceOfSatisfying(
                        NoResult.class, again -> assertThat(again.code()).isEqualTo("-4"));
    }

    @ParameterizedTest
    @EnumSource(Switch.EmptyResult.class)
    void everyEmptyFormIsNothingFound(Switch.EmptyResult form) {
        simulator.switches().set(form);
        assertThat(adapter.provider.erase(adapter.account, "no-such-batch", adapter.deadline()))
                .isEqualTo(new NoResult("", ""));
    }

    static Stream<Enum<?>> formsOfAnAcceptedSend() {
        return Stream.of(
                        Switch.Points.values(),
                        Switch.Counts.values(),
                        Switch.Fields.values(),
                        Switch.Sended.values(),
                        Switch.BatchId.values())
                .flatMap(Stream::of);
    }

    @ParameterizedTest
    @MethodSource("formsOfAnAcceptedSend")
    void everyFormOfASendResultIsAccepted(Enum<?> form) {
        simulator.switches().set(form.getDeclaringClass().getSimpleName(), form.name());
        var sent = accepted(adapter, Adapter.order("a", ONE, TWO));
        assertThat(simulator.batch(sent.reference())).isPresent();
        assertThat(sent.creditLeft()).isEqualByComparingTo("9998");
    }

    @Test
    void withoutCreditTheSendIsPartialOrNothing() {
        customer.credit("1");
        var partly = accepted(adapter, Adapter.order("a", ONE, TWO));
        assertThat(partly.note()).isEqualTo("partial");
        assertThat(partly.unsent()).isEqualTo(1);
        simulator.switches().set(Switch.Exhausted.WHOLLY);
        assertThat(accepted(adapter, Adapter.order("a", ONE, TWO)).note()).isEqualTo("nothing_sent");
        simulator.switches().set(Switch.Exhausted.OVERDRAWN);
        assertThat(adapter.send(Adapter.order("a", ONE, TWO)))
                .isInstanceOfSatisfying(Unconfirmed.class, unconfirmed -> assertThat(unconfirmed.reference())
                        .hasValueSatisfying(
                                batch -> assertThat(simulator.batch(batch)).isPresent()));
    }

    @ParameterizedTest
    @EnumSource(Switch.Points.class)
    void anOverdrawnSendIsNoRefusalWhateverItsBatchId(Switch.Points points) {
        simulator.switches().set(points);
        simulator.switches().set(Switch.BatchId.TOKEN);
        simulator.switches().set(Switch.Exhausted.OVERDRAWN);
        customer.credit("0");
        assertThat(adapter.send(Adapter.order("a", ONE)))
                .isInstanceOfSatisfying(Unconfirmed.class, unconfirmed -> assertThat(unconfirmed.reference())
                        .hasValueSatisfying(
                                batch -> assertThat(simulator.batch(batch)).isPresent()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-100", "-101", "-999"})
    void aSendThatRefusesTheAccountBlocksIt(String code) {
        var ready = adapter.ready();
        simulator.faults().next("sendSMS", Fault.says(code + ",no"));
        assertThat(adapter.send(ready, Adapter.order("a", ONE))).isEqualTo(new NotSent(Cause.REFUSED, code, "no"));
        assertThat(adapter.provider.ready(adapter.account, adapter.deadline())).isEqualTo(new Blocked(code, "no"));
        assertThat(simulator.wire().count("getConnection")).isZero();
        adapter.provider.closeSession(adapter.account, adapter.deadline());
        assertThat(adapter.send(Adapter.order("a", ONE))).isInstanceOf(Accepted.class);
    }

    @ParameterizedTest
    @EnumSource(Switch.ErrorForm.class)
    void aDeadSessionEndsASendWithProofAndItsKey(Switch.ErrorForm form) {
        simulator.switches().set(form);
        var ready = adapter.ready();
        customer.endSession();
        assertThat(adapter.send(ready, Adapter.order("a", ONE))).isInstanceOfSatisfying(NotSent.class, notSent -> {
            assertThat(notSent.cause()).isEqualTo(Cause.SESSION_DEAD);
            assertThat(notSent.code()).isEqualTo("-301");
        });
        assertThat(simulator.messages()).isEmpty();
        assertThat(simulator.wire().count("sendSMS")).isOne();
        assertThat(adapter.send(Adapter.order("a", ONE))).isInstanceOf(Accepted.class);
    }

    @ParameterizedTest
    @EnumSource(Switch.ErrorForm.class)
    void aDeadSessionInAQuestionIsANewLogin(Switch.ErrorForm form) {
        simulator.switches().set(form);
        customer.endSession();
        assertThat(adapter.provider.credit(adapter.account, adapter.deadline()).points())
                .isEqualByComparingTo("10000");
        assertThat(simulator.wire().count("getCredit")).isEqualTo(2);
        assertThat(simulator.wire().count("getConnection")).isOne();
    }

    @ParameterizedTest
    @EnumSource(Switch.ReportError.class)
    void aDeadSessionBetweenPagesLosesAndDoublesNothing(Switch.ReportError form) {
        simulator.switches().set(form);
        var numbers =
                IntStream.range(0, 1230).mapToObj(n -> "+8869%08d".formatted(n)).toArray(String[]::new);
        var sent = accepted(adapter, Adapter.order("a", numbers));
        var seen = new ArrayList<PhoneNumber>();
        boolean more = true;
        for (int number = 1; more; number++) {
            customer.endSession();
            var page = adapter.provider.report(
                    adapter.account, ReportQuery.of(sent.reference()), number, adapter.deadline());
            assertThat(page.total()).isEqualTo(1230);
            page.rows().forEach(reportRow -> seen.add(reportRow.to()));
            more = page.hasMore();
        }
        assertThat(seen).hasSize(1230).doesNotHaveDuplicates();
        assertThat(simulator.wire().count("getDeliveryStatus")).isEqualTo(4);
    }

    static Stream<Enum<?>> formsOfAReport() {
        return Stream.of(
                        Switch.ReportXml.values(),
                        Switch.Mobile.values(),
                        Switch.Dates.values(),
                        Switch.Count.values(),
                        Switch.RowOrder.values(),
                        Switch.RowCost.values(),
                        Switch.ReplyText.values())
                .flatMap(Stream::of);
    }

    @ParameterizedTest
    @MethodSource("formsOfAReport")
    void everyFormOfAReportIsRead(Enum<?> form) {
        simulator.switches().set(form.getDeclaringClass().getSimpleName(), form.name());
        var sent = accepted(adapter, Adapter.order("a", ONE, TWO));
        simulator.report(sent.reference(), ONE, 100);
        simulator.report(sent.reference(), TWO, 103);
        simulator.reply(sent.reference(), ONE, "回覆 <&> ok");
        var page = adapter.provider.report(adapter.account, ReportQuery.of(sent.reference()), 1, adapter.deadline());
        assertThat(page.rows()).hasSize(2);
        assertThat(row(page.rows(), ONE).fact().state()).isEqualTo(MessageState.DELIVERED);
        assertThat(row(page.rows(), TWO).fact().state()).isEqualTo(MessageState.UNDELIVERED);
        assertThat(row(page.rows(), ONE).replies()).singleElement().satisfies(reply -> assertThat(reply.text())
                .isEqualTo("回覆 <&> ok"));
    }

    @Test
    void aBatchThatNobodyKnowsIsEmptyOrAnError() {
        var nobody = "65408eb7-1df2-449c-9cb9-4a9162c70cda";
        assertThat(adapter.provider
                        .report(adapter.account, ReportQuery.of(nobody), 1, adapter.deadline())
                        .rows())
                .isEmpty();
        simulator.switches().set(Switch.UnknownBatch.NEGATIVE_CODE);
        assertThatThrownBy(
                        () -> adapter.provider.report(adapter.account, ReportQuery.of(nobody), 1, adapter.deadline()))
                .isInstanceOf(ProviderException.ProviderRefused.class);
    }

    @Test
    void thePrintedLoginIsUnderstood() {
        simulator.switches().set(Switch.LoginXml.SEED);
        customer.endSession();
        assertThat(adapter.provider.credit(adapter.account, adapter.deadline()).points())
                .isEqualByComparingTo("10000");
    }

    @Test
    void aBadNumberRefusesTheCallAndIsNotRepeated() {
        simulator.faults().next("sendSMS", Fault.says("-306,手機格式不符:" + ONE + "," + TWO));
        assertThat(adapter.send(Adapter.order("a", ONE, TWO)))
                .isEqualTo(new Rejected("-306", "手機格式不符:+*********678,+*********444"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-97", "-99", "-101", "OK", ""})
    void aQuestionThatIsNotAnsweredIsAnExceptionWithoutSecrets(String result) {
        var key = customer.sessionKey();
        simulator.faults().always("getCredit", Fault.says(result));
        assertThatThrownBy(() -> adapter.provider.credit(adapter.account, adapter.deadline()))
                .isInstanceOf(ProviderException.class)
                .hasMessageStartingWith("every8d getCredit: ")
                .message()
                .doesNotContain(key)
                .doesNotContain("right");
        assertThat(adapter.ready().toString()).doesNotContain(key);
    }

    @ParameterizedTest
    @CsvSource({"soap-version, 1.3", "url, not-an-address", "url, ftp://127.0.0.1/"})
    void anAccountThatIsMisconfiguredIsToldBeforeTheClaim(String key, String value) {
        try (var other = new Adapter(simulator.url(), Map.of(key, value))) {
            assertThat(other.provider.ready(other.account, other.deadline()))
                    .isInstanceOfSatisfying(
                            Blocked.class, blocked -> assertThat(blocked.code()).isEqualTo("misconfigured"));
        }
    }

    @Test
    void whatItSaysWithoutCalling() {
        assertThat(adapter.provider.type()).isEqualTo("every8d");
        assertThat(adapter.provider.number("09123456789")).isEmpty();
        assertThat(adapter.provider
                        .estimate(adapter.account, new PhoneNumber(ONE), "a")
                        .low())
                .isEqualByComparingTo(BigDecimal.ONE);
    }

    @Test
    void whatItCanDo() {
        var capabilities = adapter.provider.capabilities(adapter.account);
        assertThat(capabilities.has(Feature.INBOX)).isFalse();
        assertThat(capabilities.has(Feature.PERSONALISED)).isTrue();
        assertThat(capabilities.dispatchSize()).isEqualTo(500);
        try (var other = new Adapter(simulator.url(), Map.of("dispatch-size", "9999"))) {
            assertThat(other.provider.capabilities(other.account).dispatchSize())
                    .isEqualTo(2000);
        }
    }

    private static Accepted accepted(Adapter adapter, SendOrder order) {
        var outcome = adapter.send(order);
        assertThat(outcome).isInstanceOf(Accepted.class);
        return (Accepted) outcome;
    }

    private List<SentMessage> messages(Accepted sent) {
        return simulator.batch(sent.reference()).orElseThrow().messages();
    }

    private Stream<MessageState> states(Accepted sent) {
        return adapter
                .provider
                .report(adapter.account, ReportQuery.of(sent.reference()), 1, adapter.deadline())
                .rows()
                .stream()
                .map(ReportRow::fact)
                .map(StatusFact::state);
    }

    private static ReportRow row(List<ReportRow> rows, String number) {
        return rows.stream()
                .filter(reportRow -> new PhoneNumber(number).equals(reportRow.to()))
                .findFirst()
                .orElseThrow();
    }
}
