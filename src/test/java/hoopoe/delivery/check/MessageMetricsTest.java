package hoopoe.delivery.check;

import static hoopoe.message.MessageState.DELIVERED;
import static hoopoe.message.MessageState.REJECTED;
import static hoopoe.message.MessageState.SUBMITTED;
import static hoopoe.message.MessageState.UNCONFIRMED;
import static hoopoe.message.MessageState.UNDELIVERED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hoopoe.api.http.DirectInvocation;
import hoopoe.batch.AppFixture;
import hoopoe.batch.Batch;
import hoopoe.batch.TickFixture;
import hoopoe.batch.create.BatchRequest;
import hoopoe.batch.create.CreateBatchResult;
import hoopoe.message.MessageState;
import hoopoe.message.StatusFact;
import hoopoe.observability.Metric;
import hoopoe.provider.Readiness;
import hoopoe.provider.ReportPage;
import hoopoe.provider.SendOutcome;
import hoopoe.provider.SendOutcome.RecipientResult;
import hoopoe.schedule.PollFunction;
import hoopoe.testing.FakeProvider;
import hoopoe.testing.FaultyDynamo;
import hoopoe.testing.MetricLog;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When what is counted. */
class MessageMetricsTest {

    private final TickFixture tickFixture = new TickFixture();
    private final MetricLog told = tickFixture.appFixture.told;

    @Test
    void aBatchThatIsSentAtOnceIsAcceptedAndSubmitted() {
        tickFixture.submitted(3, "ref");

        assertThat(told.values(Metric.MESSAGES_ACCEPTED)).containsExactly(3.0);
        assertThat(told.values(Metric.MESSAGES_SUBMITTED)).containsExactly(3.0);
        assertThat(told.lines()).hasSize(1);
    }

    /** What the provider says it could not send is not counted as if it had. */
    @Test
    void whatAnAnswerLeavesUnsentIsNotSubmitted() {
        tickFixture.appFixture.provider.sending(
                order -> new SendOutcome.Accepted("ref", null, BigDecimal.ONE, 2, "partial", List.of()));

        tickFixture.appFixture.admitted(AppFixture.to(5));

        assertThat(told.sum(Metric.MESSAGES_SUBMITTED)).isEqualTo(3);
    }

    @Test
    void whatTheProviderTookForNothingIsRejectedAndCountedAtOnce() {
        var none = new SendOutcome.RecipientResult(MessageState.REJECTED, null, "nothing_sent", "");
        tickFixture.appFixture.provider.sending(order -> new SendOutcome.Accepted(
                "ref", BigDecimal.ONE, BigDecimal.ZERO, 2, "nothing_sent", List.of(none, none)));

        var batch = tickFixture.appFixture.admitted(AppFixture.to(2));

        assertThat(tickFixture.reader.row(batch).counts()).isEqualTo(Map.of("rejected", 2));
        assertThat(tickFixture.reader.row(batch).state()).isEqualTo("rejected");
        assertThat(told.failed("nothing_sent")).isEqualTo(2);
        assertThat(told.sum(Metric.MESSAGES_SUBMITTED)).isZero();
        tickFixture.checkWhenDue(batch);
        assertThat(tickFixture.again(batch).progress().settled()).containsExactly(0);
        assertThat(tickFixture.provider.asked()).isEmpty();

        // Its reference is known, and a report that one message arrived says more.
        tickFixture.calledBack(TickFixture.delivery("ref", 0, REJECTED, "301"));
        tickFixture.calledBack(TickFixture.delivery("ref", 1, DELIVERED, "100"));
        tickFixture.checkWhenDue(batch);
        assertThat(tickFixture.dispatch(batch).checks().counts()).isEqualTo(Map.of("rejected", 1, "delivered", 1));
        assertThat(told.failed("nothing_sent")).isEqualTo(2);
    }

    @Test
    void aDryRunAndAReplayAreNot() {
        tickFixture.appFixture.admit(AppFixture.to(1), "key");
        tickFixture.appFixture.admit(AppFixture.to(1), "key");
        var real = AppFixture.to(1);
        tickFixture.appFixture.admit(
                new BatchRequest(null, "x", null, null, null, null, null, real.recipients(), true));

        assertThat(told.sum(Metric.MESSAGES_ACCEPTED)).isEqualTo(1);
    }

    @Test
    void dispatchesOfABigOneAreCountedOneByOneAndOnce() {
        tickFixture.appFixture.provider.dispatchSize(2);
        tickFixture.appFixture.admit(AppFixture.to(5));
        tickFixture.appFixture.clock.move(Duration.ofMinutes(3));

        tickFixture.appFixture.tick();
        tickFixture.appFixture.tick();

        assertThat(told.sum(Metric.MESSAGES_ACCEPTED)).isEqualTo(5);
        assertThat(told.sum(Metric.MESSAGES_SUBMITTED)).isEqualTo(5);
    }

    @Test
    void aMessageIsDeliveredOnceHoweverOftenItIsSaid() {
        var batch = tickFixture.submitted(2, "ref");
        tickFixture.provider.reporting((reference, page) -> TickFixture.page(2, 0, 1, false, DELIVERED, "100"));

        tickFixture.checkWhenDue(batch);
        tickFixture.calledBack(TickFixture.delivery("ref", 0, DELIVERED, "100"));
        tickFixture.calledBack(TickFixture.delivery("ref", 0, DELIVERED, "100"));
        tickFixture.checkWhenDue(batch);
        tickFixture.checkWhenDue(batch);

        assertThat(told.sum(Metric.MESSAGES_DELIVERED)).isEqualTo(1);
        // taken at :00, delivered at :20 as the report says
        assertThat(told.values(Metric.REPORT_LATENCY)).containsExactly(20.0);
        assertThat(told.values(Metric.ORPHAN_EVENTS)).isEmpty();
    }

    /** From when it was to be sent, which is not always when the provider took it. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, 7230",
                "06:00:00, -, 30",
                "-, 06:00:10, 20",
                "06:00:00, 06:00:20, 10",
                "06:00:20, 06:00:00, 30"
            })
    void latencyIsCountedFromThePlannedTime(@Nullable String batchAt, @Nullable String messageAt, double seconds) {
        tickFixture.appFixture.provider.sending(order -> FakeProvider.accepted("ref"));
        var requestedRecipient = AppFixture.entry(0);
        var planned = new BatchRequest.RequestedRecipient(
                requestedRecipient.to(), null, Map.of(), null, null, day(messageAt), null, null);
        var batch = tickFixture.appFixture.admitted(
                new BatchRequest(null, "hello", null, day(batchAt), null, null, null, List.of(planned), false));
        var delivered = new StatusFact(
                DELIVERED, Instant.parse("2026-03-01T06:00:30Z"), "100", "", null, StatusFact.Source.REPORT);
        var reportRow = new ReportPage.ReportRow(TickFixture.number(0), delivered, null, List.of());
        tickFixture.provider.reporting((reference, page) -> new ReportPage(1, List.of(reportRow), false));
        tickFixture.appFixture.clock.set("2026-03-01T06:02:00Z");

        tickFixture.check(batch);

        assertThat(tickFixture.dispatch(batch).checks().counts()).isEqualTo(Map.of("delivered", 1));
        assertThat(told.values(Metric.REPORT_LATENCY)).containsExactly(seconds);
    }

    private static @Nullable String day(@Nullable String time) {
        return time == null ? null : "2026-03-01T" + time + "Z";
    }

    @Test
    void theFirstFinalStateIsWhatIsCounted() {
        var batch = tickFixture.submitted(3, "ref");
        tickFixture.provider.reporting((reference, page) -> TickFixture.page(3, 0, 2, false, UNDELIVERED, "101"));

        tickFixture.checkWhenDue(batch);
        tickFixture.calledBack(TickFixture.delivery("ref", 0, DELIVERED, "100"));
        tickFixture.checkWhenDue(batch);

        assertThat(tickFixture.dispatch(batch).checks().counts())
                .containsEntry("delivered", 1)
                .containsEntry("undelivered", 1);
        assertThat(told.failed("101")).isEqualTo(2);
        assertThat(told.sum(Metric.MESSAGES_DELIVERED)).isZero();
    }

    @Test
    void twoChecksAtOnceCountWhatOneOfThemWrote() {
        var batch = tickFixture.submitted(1, "ref");
        tickFixture.appFixture.clock.move(Duration.ofMinutes(1));
        var evidence = tickFixture.statusEvidence;
        var dispatch = tickFixture.dispatch(batch);
        var open = evidence.open(
                batch,
                dispatch,
                evidence.read(dispatch),
                new MessageMetrics(told.metrics(), tickFixture.appFixture.clock));
        tickFixture.provider.reporting((reference, page) -> TickFixture.page(1, 0, 1, false, DELIVERED, "100"));
        tickFixture.checkWhenDue(batch);

        assertThat(open.join(TickFixture.page(1, 0, 1, false, DELIVERED, "100"), 0, () -> true))
                .isEmpty();

        assertThat(told.sum(Metric.MESSAGES_DELIVERED)).isEqualTo(1);
    }

    @Test
    void aLostAnswerIsUnconfirmedAndSubmittedOnceItIsKnown() {
        var batch = tickFixture.lost(2);
        assertThat(told.sum(Metric.MESSAGES_UNCONFIRMED)).isEqualTo(2);
        assertThat(told.sum(Metric.MESSAGES_SUBMITTED)).isZero();
        assertThat(told.sum(Metric.PROVIDER_ERRORS)).isEqualTo(1);
        assertThat(told.sum(Metric.ACCOUNT_REFUSALS)).isZero();

        tickFixture.calledBack(TickFixture.delivery(
                "ref", 0, SUBMITTED, "0", tickFixture.dispatch(batch).token()));
        tickFixture.checkWhenDue(batch);
        tickFixture.checkWhenDue(batch);

        assertThat(told.sum(Metric.MESSAGES_SUBMITTED)).isEqualTo(2);
        assertThat(told.sum(Metric.ORPHAN_EVENTS)).isZero();
    }

    @Test
    void whoDiesWithALeaseLeavesTheUnconfirmed() {
        tickFixture.appFixture.faults.at(2, FaultyDynamo.Fault.KILL_BEFORE);
        assertThatThrownBy(() -> tickFixture.appFixture.admit(AppFixture.to(2)))
                .isInstanceOf(FaultyDynamo.Killed.class);
        tickFixture.appFixture.faults.heal();
        assertThat(told.sum(Metric.MESSAGES_SUBMITTED)).isZero();

        tickFixture.appFixture.clock.move(Duration.ofMinutes(3));
        tickFixture.appFixture.tick();
        tickFixture.appFixture.tick();

        assertThat(told.sum(Metric.MESSAGES_UNCONFIRMED)).isEqualTo(2);
    }

    @Test
    void aRefusalAndAnExpiryFailByTheirCodes() {
        tickFixture.appFixture.provider.sending(order -> new SendOutcome.Rejected("-5", "no"));
        tickFixture.appFixture.admit(AppFixture.to(2));
        tickFixture.appFixture.provider.ready(() -> new Readiness.NotYet("login_under_way", "", null));
        tickFixture.appFixture.admit(AppFixture.to(3));
        tickFixture.appFixture.clock.move(Duration.ofHours(25));
        tickFixture.tick();

        assertThat(told.failed("-5")).isEqualTo(2);
        assertThat(told.failed("expired")).isEqualTo(3);
        assertThat(told.sum(Metric.PROVIDER_ERRORS)).isZero();
    }

    @Test
    void anAnswerForEachRecipientIsCountedForEach() {
        tickFixture.appFixture.provider.sending(order -> FakeProvider.answered(List.of(
                new RecipientResult(SUBMITTED, "1", "0", ""),
                new RecipientResult(REJECTED, null, "-4", ""),
                new RecipientResult(UNCONFIRMED, null, "-3", ""))));

        tickFixture.appFixture.admit(AppFixture.to(3));

        assertThat(told.sum(Metric.MESSAGES_SUBMITTED)).isEqualTo(1);
        assertThat(told.failed("-4")).isEqualTo(1);
        assertThat(told.sum(Metric.MESSAGES_UNCONFIRMED)).isEqualTo(1);
    }

    @Test
    void whatIsTakenBackHasNotFailed() {
        tickFixture.appFixture.provider.ready(() -> new Readiness.NotYet("login_under_way", "", null));
        Batch batch = tickFixture.appFixture.admitted(AppFixture.to(1));

        tickFixture.batchCancellation.erase(batch, tickFixture.deadline());
        tickFixture.tick();

        assertThat(tickFixture.dispatch(batch).state().label()).isEqualTo("cancelled");
        assertThat(told.values(Metric.MESSAGES_FAILED)).isEmpty();
    }

    @Test
    void aCallbackThatNobodyKnowsIsAnOrphanOnce() {
        tickFixture.calledBack(TickFixture.delivery("nobody", 0, DELIVERED, "100"));
        assertThat(told.sum(Metric.ORPHAN_EVENTS)).isEqualTo(1);
        tickFixture.calledBack(TickFixture.delivery("nobody", 0, DELIVERED, "100"));

        assertThat(told.sum(Metric.ORPHAN_EVENTS)).isEqualTo(1);
    }

    @Test
    void whatAReportProvesIsSubmittedOnce() {
        tickFixture.provider.sending(order -> new SendOutcome.Unconfirmed("overdrawn", "", Optional.of("ref")));
        var batch = tickFixture.appFixture.admitted(AppFixture.to(2));
        assertThat(told.sum(Metric.MESSAGES_SUBMITTED)).isZero();
        tickFixture.provider.reporting((reference, page) -> TickFixture.page(2, 0, 2, false, SUBMITTED, "0"));

        for (int checks = 0; checks < 3; checks++) {
            tickFixture.checkWhenDue(batch);
        }

        assertThat(told.sum(Metric.MESSAGES_SUBMITTED)).isEqualTo(2);
    }

    @Test
    void aReplyToWhatNobodyKnowsIsAnOrphan() {
        tickFixture.calledBack(TickFixture.reply("nobody", 0, "yes", null));

        assertThat(told.sum(Metric.ORPHAN_EVENTS)).isEqualTo(1);
    }

    private static PollFunction poll(TickFixture tickFixture) {
        var metrics = tickFixture.appFixture.told.metrics();
        return new PollFunction(
                tickFixture.tick,
                tickFixture.inboxRepository,
                tickFixture.appFixture.accounts,
                tickFixture.appFixture.timeouts,
                new DirectInvocation(metrics),
                metrics,
                tickFixture.appFixture.clock);
    }

    @Test
    void theTickSaysForHowLongTheOldestHasWaited() {
        var poll = poll(tickFixture);
        poll.poll(null);
        var batch = tickFixture.submitted(1, "ref");
        tickFixture.appFixture.clock.set(tickFixture.dispatch(batch).due().toString());
        tickFixture.appFixture.clock.move(Duration.ofSeconds(90));

        poll.poll(null);

        assertThat(told.values(Metric.DUE_LAG)).containsExactly(0.0, 90.0);
    }

    @Test
    void aBatchThatIsLeftToTheTickIsAFailureOfOurs() {
        tickFixture.appFixture.provider.dispatchSize(2);
        tickFixture.appFixture.faults.when(write -> write > 2, FaultyDynamo.Fault.UNREACHED);

        assertThat(tickFixture.appFixture.admit(AppFixture.to(5))).isInstanceOf(CreateBatchResult.BatchCreated.class);

        assertThat(told.sum(Metric.INTERNAL_ERRORS)).isEqualTo(1);
    }

    @Test
    void whatATickDoesNotGetDoneIsAFailureOfOurs() {
        var patient = new TickFixture("hoopoe.timing.function", "PT55S");
        var metrics = patient.appFixture.told;
        var poll = poll(patient);
        patient.submitted(1, "ref");
        poll.poll(null);
        assertThat(metrics.values(Metric.INTERNAL_ERRORS)).isEmpty();

        patient.appFixture.clock.move(Duration.ofMinutes(2));
        patient.appFixture.faults.when(write -> true, FaultyDynamo.Fault.UNREACHED);

        assertThat(poll.poll(null).path("failed").asInt()).isPositive();
        assertThat(metrics.sum(Metric.INTERNAL_ERRORS)).isPositive();
    }

    @Test
    void anAccountThatCannotSendIsAnError() {
        tickFixture.appFixture.provider.ready(() -> new Readiness.Blocked("-101", "refused"));

        tickFixture.appFixture.admit(AppFixture.to(1));

        assertThat(told.sum(Metric.PROVIDER_ERRORS)).isEqualTo(1);
        assertThat(told.sum(Metric.ACCOUNT_REFUSALS)).isEqualTo(1);
        assertThat(told.sum(Metric.MESSAGES_ACCEPTED)).isZero();
    }

    @Test
    void aSendThatBlocksItsAccountIsARefusal() {
        tickFixture.appFixture.provider.sending(
                order -> new SendOutcome.NotSent(SendOutcome.Cause.REFUSED, "-101", "password"));

        tickFixture.appFixture.admit(AppFixture.to(1));

        assertThat(told.sum(Metric.ACCOUNT_REFUSALS)).isEqualTo(1);
    }
}
