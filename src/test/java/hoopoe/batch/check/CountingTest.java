package hoopoe.batch.check;

import static hoopoe.message.MessageState.DELIVERED;
import static hoopoe.message.MessageState.REJECTED;
import static hoopoe.message.MessageState.SUBMITTED;
import static hoopoe.message.MessageState.UNCONFIRMED;
import static hoopoe.message.MessageState.UNDELIVERED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hoopoe.batch.Counting;
import hoopoe.batch.House;
import hoopoe.batch.Watch;
import hoopoe.batch.admission.AdmissionOutcome;
import hoopoe.batch.admission.BatchRequest;
import hoopoe.api.http.DirectInvocation;
import hoopoe.message.StatusFact;
import hoopoe.message.MessageState;
import hoopoe.observability.Metric;
import hoopoe.poll.PollFunction;
import hoopoe.provider.Readiness;
import hoopoe.provider.ReportPage;
import hoopoe.provider.SendOutcome;
import hoopoe.provider.SendOutcome.RecipientResult;
import hoopoe.store.Batch;
import hoopoe.testing.FakeProvider;
import hoopoe.testing.FaultyDynamo;
import hoopoe.testing.MetricLog;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When what is counted. */
class CountingTest {

    private final Watch watch = new Watch();
    private final MetricLog told = watch.house.told;

    @Test
    void aBatchThatIsSentAtOnceIsAcceptedAndSubmitted() {
        watch.submitted(3, "ref");

        assertThat(told.values(Metric.MESSAGES_ACCEPTED)).containsExactly(3.0);
        assertThat(told.values(Metric.MESSAGES_SUBMITTED)).containsExactly(3.0);
        assertThat(told.lines()).hasSize(1);
    }

    /** What the provider says it could not send is not counted as if it had. */
    @Test
    void whatAnAnswerLeavesUnsentIsNotSubmitted() {
        watch.house.provider.sending(
                order -> new SendOutcome.Accepted("ref", null, BigDecimal.ONE, 2, "partial", List.of()));

        watch.house.admitted(House.to(5));

        assertThat(told.sum(Metric.MESSAGES_SUBMITTED)).isEqualTo(3);
    }

    @Test
    void whatTheProviderTookForNothingIsRejectedAndCountedAtOnce() {
        var none = new SendOutcome.RecipientResult(MessageState.REJECTED, null, "nothing_sent", "");
        watch.house.provider.sending(order -> new SendOutcome.Accepted(
                "ref", BigDecimal.ONE, BigDecimal.ZERO, 2, "nothing_sent", List.of(none, none)));

        var batch = watch.house.admitted(House.to(2));

        assertThat(watch.reader.row(batch).counts()).isEqualTo(Map.of("rejected", 2));
        assertThat(watch.reader.row(batch).state()).isEqualTo("rejected");
        assertThat(told.failed("nothing_sent")).isEqualTo(2);
        assertThat(told.sum(Metric.MESSAGES_SUBMITTED)).isZero();
        watch.checkWhenDue(batch);
        assertThat(watch.again(batch).settled()).containsExactly(0);
        assertThat(watch.provider.asked()).isEmpty();

        // Its reference is known, and who says that one of them arrived knows more.
        watch.calledBack(Watch.delivery("ref", 0, REJECTED, "301"));
        watch.calledBack(Watch.delivery("ref", 1, DELIVERED, "100"));
        watch.checkWhenDue(batch);
        assertThat(watch.dispatch(batch).counts()).isEqualTo(Map.of("rejected", 1, "delivered", 1));
        assertThat(told.failed("nothing_sent")).isEqualTo(2);
    }

    @Test
    void aDryRunAndAReplayAreNot() {
        watch.house.admit(House.to(1), "key");
        watch.house.admit(House.to(1), "key");
        var real = House.to(1);
        watch.house.admit(new BatchRequest(null, "x", null, null, null, null, real.recipients(), true));

        assertThat(told.sum(Metric.MESSAGES_ACCEPTED)).isEqualTo(1);
    }

    @Test
    void dispatchesOfABigOneAreCountedOneByOneAndOnce() {
        watch.house.provider.dispatchSize(2);
        watch.house.admit(House.to(5));
        watch.house.clock.move(Duration.ofMinutes(3));

        watch.house.tick();
        watch.house.tick();

        assertThat(told.sum(Metric.MESSAGES_ACCEPTED)).isEqualTo(5);
        assertThat(told.sum(Metric.MESSAGES_SUBMITTED)).isEqualTo(5);
    }

    @Test
    void aMessageIsDeliveredOnceHoweverOftenItIsSaid() {
        var batch = watch.submitted(2, "ref");
        watch.provider.reporting((reference, page) -> Watch.page(2, 0, 1, false, DELIVERED, "100"));

        watch.checkWhenDue(batch);
        watch.calledBack(Watch.delivery("ref", 0, DELIVERED, "100"));
        watch.calledBack(Watch.delivery("ref", 0, DELIVERED, "100"));
        watch.checkWhenDue(batch);
        watch.checkWhenDue(batch);

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
        watch.house.provider.sending(order -> FakeProvider.accepted("ref"));
        var entry = House.entry(0);
        var planned = new BatchRequest.Entry(entry.to(), null, Map.of(), null, null, day(messageAt), null, null);
        var batch = watch.house.admitted(
                new BatchRequest(null, "hello", null, day(batchAt), null, null, null, List.of(planned), false));
        var delivered = new StatusFact(DELIVERED, Instant.parse("2026-03-01T06:00:30Z"), "100", "", null, StatusFact.Source.REPORT);
        var reportRow = new ReportPage.ReportRow(Watch.number(0), delivered, null, List.of());
        watch.provider.reporting((reference, page) -> new ReportPage(1, List.of(reportRow), false));
        watch.house.clock.set("2026-03-01T06:02:00Z");

        watch.check(batch);

        assertThat(watch.dispatch(batch).counts()).isEqualTo(Map.of("delivered", 1));
        assertThat(told.values(Metric.REPORT_LATENCY)).containsExactly(seconds);
    }

    private static @Nullable String day(@Nullable String time) {
        return time == null ? null : "2026-03-01T" + time + "Z";
    }

    @Test
    void theFirstFinalStateIsWhatIsCounted() {
        var batch = watch.submitted(3, "ref");
        watch.provider.reporting((reference, page) -> Watch.page(3, 0, 2, false, UNDELIVERED, "101"));

        watch.checkWhenDue(batch);
        watch.calledBack(Watch.delivery("ref", 0, DELIVERED, "100"));
        watch.checkWhenDue(batch);

        assertThat(watch.dispatch(batch).counts()).containsEntry("delivered", 1).containsEntry("undelivered", 1);
        assertThat(told.failed("101")).isEqualTo(2);
        assertThat(told.sum(Metric.MESSAGES_DELIVERED)).isZero();
    }

    @Test
    void twoChecksAtOnceCountWhatOneOfThemWrote() {
        var batch = watch.submitted(1, "ref");
        watch.house.clock.move(Duration.ofMinutes(1));
        var open = watch.evidence.open(batch, watch.dispatch(batch), new Counting(told.metrics(), watch.house.clock));
        watch.provider.reporting((reference, page) -> Watch.page(1, 0, 1, false, DELIVERED, "100"));
        watch.checkWhenDue(batch);

        assertThat(open.join(Watch.page(1, 0, 1, false, DELIVERED, "100"), 0, () -> true))
                .isEmpty();

        assertThat(told.sum(Metric.MESSAGES_DELIVERED)).isEqualTo(1);
    }

    @Test
    void aLostAnswerIsUnconfirmedAndSubmittedOnceItIsKnown() {
        var batch = watch.lost(2);
        assertThat(told.sum(Metric.MESSAGES_UNCONFIRMED)).isEqualTo(2);
        assertThat(told.sum(Metric.MESSAGES_SUBMITTED)).isZero();
        assertThat(told.sum(Metric.PROVIDER_ERRORS)).isEqualTo(1);
        assertThat(told.sum(Metric.ACCOUNT_REFUSALS)).isZero();

        watch.calledBack(
                Watch.delivery("ref", 0, SUBMITTED, "0", watch.dispatch(batch).token()));
        watch.checkWhenDue(batch);
        watch.checkWhenDue(batch);

        assertThat(told.sum(Metric.MESSAGES_SUBMITTED)).isEqualTo(2);
        assertThat(told.sum(Metric.ORPHAN_EVENTS)).isZero();
    }

    @Test
    void whoDiesWithALeaseLeavesTheUnconfirmed() {
        watch.house.faults.at(2, FaultyDynamo.Fault.KILL_BEFORE);
        assertThatThrownBy(() -> watch.house.admit(House.to(2))).isInstanceOf(FaultyDynamo.Killed.class);
        watch.house.faults.heal();
        assertThat(told.sum(Metric.MESSAGES_SUBMITTED)).isZero();

        watch.house.clock.move(Duration.ofMinutes(3));
        watch.house.tick();
        watch.house.tick();

        assertThat(told.sum(Metric.MESSAGES_UNCONFIRMED)).isEqualTo(2);
    }

    @Test
    void aRefusalAndAnExpiryFailByTheirCodes() {
        watch.house.provider.sending(order -> new SendOutcome.Rejected("-5", "no"));
        watch.house.admit(House.to(2));
        watch.house.provider.ready(() -> new Readiness.NotYet("login_under_way", "", null));
        watch.house.admit(House.to(3));
        watch.house.clock.move(Duration.ofHours(25));
        watch.tick();

        assertThat(told.failed("-5")).isEqualTo(2);
        assertThat(told.failed("expired")).isEqualTo(3);
        assertThat(told.sum(Metric.PROVIDER_ERRORS)).isZero();
    }

    @Test
    void anAnswerForEachRecipientIsCountedForEach() {
        watch.house.provider.sending(order -> FakeProvider.answered(List.of(
                new RecipientResult(SUBMITTED, "1", "0", ""),
                new RecipientResult(REJECTED, null, "-4", ""),
                new RecipientResult(UNCONFIRMED, null, "-3", ""))));

        watch.house.admit(House.to(3));

        assertThat(told.sum(Metric.MESSAGES_SUBMITTED)).isEqualTo(1);
        assertThat(told.failed("-4")).isEqualTo(1);
        assertThat(told.sum(Metric.MESSAGES_UNCONFIRMED)).isEqualTo(1);
    }

    @Test
    void whatIsTakenBackHasNotFailed() {
        watch.house.provider.ready(() -> new Readiness.NotYet("login_under_way", "", null));
        Batch batch = watch.house.admitted(House.to(1));

        watch.erasure.erase(batch, watch.deadline());
        watch.tick();

        assertThat(watch.dispatch(batch).state().label()).isEqualTo("cancelled");
        assertThat(told.values(Metric.MESSAGES_FAILED)).isEmpty();
    }

    @Test
    void aCallbackThatNobodyKnowsIsAnOrphanOnce() {
        watch.calledBack(Watch.delivery("nobody", 0, DELIVERED, "100"));
        watch.calledBack(Watch.delivery("nobody", 0, DELIVERED, "100"));

        assertThat(told.sum(Metric.ORPHAN_EVENTS)).isEqualTo(1);
    }

    @Test
    void theTickSaysForHowLongTheOldestHasWaited() {
        watch.tick();
        var batch = watch.submitted(1, "ref");
        watch.house.clock.set(watch.dispatch(batch).due().toString());
        watch.house.clock.move(Duration.ofSeconds(90));

        watch.tick();

        assertThat(told.values(Metric.DUE_LAG)).containsExactly(0.0, 90.0);
    }

    @Test
    void aBatchThatIsLeftToTheTickIsAFailureOfOurs() {
        watch.house.provider.dispatchSize(2);
        watch.house.faults.when(write -> write > 2, FaultyDynamo.Fault.UNREACHED);

        assertThat(watch.house.admit(House.to(5))).isInstanceOf(AdmissionOutcome.Admitted.class);

        assertThat(told.sum(Metric.INTERNAL_ERRORS)).isEqualTo(1);
    }

    @Test
    void whatATickDoesNotGetDoneIsAFailureOfOurs() {
        var patient = new Watch("hoopoe.timing.function", "PT55S");
        var metrics = patient.house.told;
        var poll = new PollFunction(
                patient.tick,
                patient.inboxes,
                patient.house.accounts,
                patient.house.timeouts,
                new DirectInvocation(metrics.metrics()),
                metrics.metrics(),
                patient.house.clock);
        patient.submitted(1, "ref");
        poll.poll(null);
        assertThat(metrics.values(Metric.INTERNAL_ERRORS)).isEmpty();

        patient.house.clock.move(Duration.ofMinutes(2));
        patient.house.faults.when(write -> true, FaultyDynamo.Fault.UNREACHED);

        assertThat(poll.poll(null).path("failed").asInt()).isPositive();
        assertThat(metrics.sum(Metric.INTERNAL_ERRORS)).isPositive();
    }

    @Test
    void anAccountThatCannotSendIsAnError() {
        watch.house.provider.ready(() -> new Readiness.Blocked("-101", "refused"));

        watch.house.admit(House.to(1));

        assertThat(told.sum(Metric.PROVIDER_ERRORS)).isEqualTo(1);
        assertThat(told.sum(Metric.ACCOUNT_REFUSALS)).isEqualTo(1);
        assertThat(told.sum(Metric.MESSAGES_ACCEPTED)).isZero();
    }

    @Test
    void aSendThatLatchesItsAccountIsARefusal() {
        watch.house.provider.sending(order -> new SendOutcome.NotSent(SendOutcome.Cause.REFUSED, "-101", "password"));

        watch.house.admit(House.to(1));

        assertThat(told.sum(Metric.ACCOUNT_REFUSALS)).isEqualTo(1);
    }
}
