package hoopoe.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hoopoe.local.stage.SimulatedProvider;
import hoopoe.local.wire.Answer;
import hoopoe.local.wire.Ending;
import hoopoe.local.wire.Fault;
import hoopoe.provider.AdapterFixture.Setup;
import hoopoe.provider.Capabilities.Feature;
import hoopoe.provider.InboxResponse.RawResponse;
import hoopoe.provider.Readiness.Blocked;
import hoopoe.provider.Readiness.Ready;
import hoopoe.provider.SendOutcome.Accepted;
import hoopoe.provider.SendOutcome.Cause;
import hoopoe.provider.SendOutcome.NotSent;
import hoopoe.provider.SendOutcome.Unconfirmed;
import hoopoe.provider.http.HttpLimits;
import hoopoe.secret.AwaySecrets;
import hoopoe.testing.Canary;
import hoopoe.testing.MetricLog;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every adapter makes of a provider that takes, refuses, loses, is away or repeats secrets, each against its own simulator over
 * sockets. What only one provider says or does is in the test that extends this one; {@link DeadlineContract} has the time.
 */
@Timeout(120)
public abstract class ProviderContract {

    protected abstract SimulatedProvider simulator();

    /** With the account of user {@code user}, password {@code right}. */
    protected abstract AdapterFixture adapter();

    protected abstract AdapterFixture adapter(Setup setup);

    /** One to one number, that the provider takes by the first of {@link #operations}. */
    protected abstract SendOrder order(String text);

    /** On the wire: the one that {@link #order} is sent by, the one that {@link #ask} asks by, then all others. */
    protected abstract List<String> operations();

    /** Asks something that the provider can answer. */
    protected abstract Object ask(AdapterFixture adapter, Deadline deadline);

    /** The provider opens this account's user to this password only. */
    protected abstract void password(String password);

    /** From now on the provider refuses the account: it may not send, and knows it. */
    protected abstract void refuseAccount();

    /** Of a send without an answer. */
    protected Optional<String> ownReference() {
        return Optional.empty();
    }

    /** Ways in which the provider may write an answer. */
    protected Stream<Runnable> styles() {
        return Stream.of(() -> {});
    }

    /** How many bytes an answer loses at a time. */
    protected int step() {
        return 1;
    }

    /** Of a send whose answer is 200 and no more. */
    protected Class<? extends SendOutcome> ofEmptyAnswer() {
        return Unconfirmed.class;
    }

    @AfterEach
    void close() {
        adapter().close();
        simulator().close();
    }

    /** Each {@code losses()} has these. */
    protected static Stream<Fault> usualLosses() {
        return Stream.of(
                Fault.dropBeforeWork(Ending.CLOSE),
                Fault.dropAfterWork(Ending.CLOSE),
                Fault.dropAfterWork(Ending.RESET),
                Fault.html500(),
                Fault.html500AfterWork(),
                Fault.garbage(),
                Fault.cutBody(40, Ending.CLOSE),
                Fault.cut(10, Ending.CLOSE),
                Fault.shortened(60),
                Fault.instead(Answer.html(200, "<html><body>Maintenance</body></html>")),
                Fault.instead(Answer.html(302, "")));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void whatProvesNothingIsUnconfirmedAndSentOnce(Fault fault) {
        var ready = ready();
        simulator().faults().next(sends(), fault);

        assertThat(adapter().send(ready, order("a"))).isInstanceOfSatisfying(Unconfirmed.class, this::hasOwnReference);

        assertSentOnce();
    }

    private void hasOwnReference(Unconfirmed unconfirmed) {
        assertThat(unconfirmed.reference()).isEqualTo(ownReference());
    }

    /** A lost answer says nothing of it. */
    @Test
    void whatIsLostBeforeTheWorkIsNotSentAndAfterItIs() {
        var ready = ready();
        for (var before : List.of(Fault.dropBeforeWork(Ending.CLOSE), Fault.html500())) {
            simulator().faults().next(sends(), before);
            assertThat(adapter().send(ready, order("a"))).isInstanceOf(Unconfirmed.class);
        }
        assertThat(simulator().messages()).isEmpty();
        for (var after : List.of(Fault.dropAfterWork(Ending.RESET), Fault.html500AfterWork())) {
            simulator().faults().next(sends(), after);
            assertThat(adapter().send(ready, order("a"))).isInstanceOf(Unconfirmed.class);
        }
        assertThat(simulator().messages()).hasSize(2);
    }

    @Test
    void silenceAndDripsEndAtTheLimit() {
        var limits = new HttpLimits(Duration.ofSeconds(3), Duration.ofSeconds(3), Duration.ZERO, 4 << 20);
        try (var hasty = adapter(new Setup(simulator().url()).limits(limits))) {
            var ready = hasty.ready();
            for (var fault : List.of(Fault.slow(Duration.ofSeconds(30)), Fault.dripping(Duration.ofMillis(500)))) {
                simulator().wire().clear();
                simulator().faults().next(sends(), fault);
                assertThat(hasty.send(ready, order("a"))).isEqualTo(new Unconfirmed("timeout", "", ownReference()));
                assertSentOnce();
            }
        }
    }

    /** Cut off: the line breaks. Shortened: its length was made to fit, and nothing on the wire tells. */
    @Test
    void aSendWhoseAnswerLacksAnyNumberOfBytesIsSentOnce() {
        styles().forEach(style -> {
            style.run();
            var ready = ready();
            assertThat(adapter().send(ready, order("a"))).isInstanceOf(Accepted.class);
            for (var fault : withoutAnyNumberOfBytes(sends()).entrySet()) {
                simulator().wire().clear();
                simulator().faults().next(sends(), fault.getValue());
                assertThat(adapter().send(ready, order("a")))
                        .as(fault.getKey())
                        .isInstanceOf(fault.getKey().equals("shortened to 0") ? ofEmptyAnswer() : Unconfirmed.class);
                assertSentOnce();
            }
            simulator().faults().next(sends(), Fault.cut(Integer.MAX_VALUE, Ending.CLOSE));
            assertThat(adapter().send(ready, order("a"))).isInstanceOf(Accepted.class);
        });
    }

    @Test
    void aQuestionWhoseAnswerLacksAnyNumberOfBytesHasNoAnswer() {
        assertThat(ask()).isNotNull();
        for (var fault : withoutAnyNumberOfBytes(asks()).entrySet()) {
            simulator().faults().next(asks(), fault.getValue());
            assertThatThrownBy(this::ask)
                    .as(fault.getKey())
                    .isInstanceOfAny(
                            ProviderException.ProviderUnavailable.class, ProviderException.MalformedAnswer.class);
        }
    }

    private Map<String, Fault> withoutAnyNumberOfBytes(String operation) {
        var whole = simulator().wire().last(operation).orElseThrow().answer().orElseThrow();
        var faults = new LinkedHashMap<String, Fault>();
        for (int left = 0; left < whole.bytes().length; left += step()) {
            faults.put("cut after " + left, Fault.cut(left, Ending.CLOSE));
        }
        for (int left = 0; left < whole.body().length; left += step()) {
            faults.put("shortened to " + left, Fault.shortened(left));
        }
        assertThat(faults).hasSizeGreaterThan(200 / step());
        return faults;
    }

    /** Later it may be another: of what is the server's, or too much. */
    @ParameterizedTest
    @CsvSource({
        "301, false",
        "400, false",
        "404, false",
        "428, false",
        "429, true",
        "430, false",
        "499, false",
        "500, true",
        "503, true"
    })
    void aStatusIsAFailureOfItsKind(int status, boolean isPassing) {
        ask();
        simulator().faults().next(asks(), with(status));

        assertThatThrownBy(this::ask)
                .isInstanceOf(
                        isPassing
                                ? ProviderException.ProviderUnavailable.class
                                : ProviderException.MalformedAnswer.class)
                .hasMessage(adapter().provider().type() + ' ' + asks() + ": http_" + status);
        assertThat(adapter().readiness()).as("a question blocks nothing").isInstanceOf(Ready.class);
    }

    /** The whole answer, under another status. */
    protected static Fault with(int status) {
        return work -> {
            var answer = work.carryOut();
            return new Answer(status, answer.contentType(), answer.body(), answer.delivery());
        };
    }

    @Test
    void aServerThatIsAwayProvesThatNothingWasSent() {
        ask();
        var ready = ready();
        var order = order("a");
        simulator().server().refuse();

        assertThat(adapter().send(ready, order)).isEqualTo(new NotSent(Cause.UNREACHABLE, "connect", ""));
        assertThatThrownBy(this::ask).isInstanceOf(ProviderException.ProviderUnavailable.class);
        if (hasInbox()) {
            assertThat(drain(ready, adapter().deadline())).isInstanceOf(InboxResponse.NotAsked.class);
        }
    }

    @Test
    void aSendIsNotStartedWithoutItsTime() {
        ask();
        var ready = ready();
        var soon = Deadline.in(Duration.ofSeconds(22).minusMillis(1), adapter().clock);

        assertThat(adapter().provider().send(adapter().account, ready, order("a"), soon))
                .isEqualTo(new NotSent(Cause.NO_TIME, "no_time", ""));
        if (hasInbox()) {
            assertThat(drain(ready, soon)).isEqualTo(new InboxResponse.NotAsked("no_time", ""));
        }
        assertThatThrownBy(() -> ask(adapter(), Deadline.in(Duration.ofSeconds(2), adapter().clock)))
                .isInstanceOf(ProviderException.ProviderUnavailable.class);
        assertThat(simulator().wire().exchanges()).isEmpty();
    }

    private boolean hasInbox() {
        return adapter().provider().capabilities(adapter().account).has(Feature.INBOX);
    }

    private InboxResponse drain(Ready ready, Deadline deadline) {
        return adapter().provider().drain(adapter().account, ready, deadline);
    }

    @Test
    void aRefusedAccountIsBlockedAndAsksNothing() {
        ask();
        var ready = ready();
        refuseAccount();

        assertThat(adapter().send(ready, order("a"))).isInstanceOfSatisfying(NotSent.class, notSent -> {
            assertThat(notSent.cause()).isEqualTo(Cause.REFUSED);
            assertThat(adapter().readiness()).isEqualTo(new Blocked(notSent.code(), notSent.text()));
        });

        simulator().wire().clear();
        assertThatThrownBy(this::ask).isInstanceOf(ProviderException.ProviderRefused.class);
        assertThat(simulator().wire().exchanges()).isEmpty();
    }

    @Test
    void howASendEndedIsNotLostOverABlock() {
        var ready = ready();
        refuseAccount();
        adapter().sessions.breakDown();

        assertThat(adapter().send(ready, order("a"))).isInstanceOf(NotSent.class);
    }

    @Test
    void whileSecretsAreAwayItWaits() {
        ask();
        simulator().wire().clear();
        try (var away = adapter(new Setup(simulator().url()).secrets(new AwaySecrets()))) {
            assertThat(away.readiness()).isEqualTo(Readiness.NotYet.secretUnavailable());
            assertThatThrownBy(() -> ask(away, away.deadline()))
                    .isInstanceOfSatisfying(
                            ProviderException.ProviderUnavailable.class,
                            providerUnavailable ->
                                    assertThat(providerUnavailable.code()).isEqualTo("secret_unavailable"));
        }
        assertThat(simulator().wire().exchanges()).isEmpty();
    }

    @Test
    void whateverTheProviderRepeatsIsNeitherLoggedNorThrown() {
        password(Canary.PASSWORD);
        try (var canary = new Canary("billing-1234")) {
            for (var answer : Canary.answers()) {
                var setup = new Setup(simulator().url()).options(Map.of("password", Canary.PASSWORD));
                try (var adapter = adapter(setup)) {
                    var watched = MetricLog.watching(adapter.provider()).of(adapter.account);
                    simulator().faults().clear();
                    var ready = (Ready) watched.ready(adapter.account, adapter.deadline());
                    assertThat(ready.toString()).doesNotContain("canary", "user", "billing-1234");
                    operations().forEach(operation -> simulator().faults().always(operation, answer));
                    calls(watched, adapter, ready).forEach(canary::in);
                }
                try (var adapter = adapter(setup)) {
                    var watched = MetricLog.watching(adapter.provider()).of(adapter.account);
                    canary.in(() -> watched.ready(adapter.account, adapter.deadline()));
                }
            }
            canary.assertUnheard();
        }
    }

    /** Every call; an adapter that lacks one throws. */
    private Stream<Runnable> calls(SmsProvider watched, AdapterFixture adapter, Ready ready) {
        var order = order(Canary.TEXT);
        var message = new ReportQuery.QueriedMessage(order.recipients().get(0).to(), "1");
        var query = new ReportQuery("1", List.of(message));
        var callback = new CallbackRequest(
                "POST", "msisdn=421901727051&source=canary&text=canary", "text/plain", Canary.TEXT.getBytes(UTF_8));
        return Stream.of(
                () -> watched.send(adapter.account, ready, order, adapter.deadline()),
                () -> watched.credit(adapter.account, adapter.deadline()),
                () -> watched.report(adapter.account, query, 1, adapter.deadline()),
                () -> watched.reports(adapter.account, List.of(query), adapter.deadline()),
                () -> watched.erase(adapter.account, "ref", adapter.deadline()),
                () -> {
                    if (watched.drain(adapter.account, ready, adapter.deadline()) instanceof RawResponse response) {
                        watched.read(adapter.account, response);
                    }
                },
                () -> watched.callback(adapter.account, callback),
                () -> watched.closeSession(adapter.account, adapter.deadline()));
    }

    /** Without what was on the wire for it. */
    protected final Ready ready() {
        var ready = adapter().ready();
        simulator().wire().clear();
        return ready;
    }

    protected final Object ask() {
        return ask(adapter(), adapter().deadline());
    }

    private void assertSentOnce() {
        assertThat(simulator().wire().count(sends())).isOne();
        assertThat(simulator().wire().exchanges()).hasSizeLessThanOrEqualTo(1);
        assertThat(simulator().wire().connections()).isLessThanOrEqualTo(1);
    }

    private String sends() {
        return operations().get(0);
    }

    private String asks() {
        return operations().get(1);
    }
}
