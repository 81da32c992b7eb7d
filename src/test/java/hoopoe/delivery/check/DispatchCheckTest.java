package hoopoe.delivery.check;

import static hoopoe.message.MessageState.CANCELLED;
import static hoopoe.message.MessageState.DELIVERED;
import static hoopoe.message.MessageState.SCHEDULED;
import static hoopoe.message.MessageState.SUBMITTED;
import static hoopoe.message.MessageState.UNDELIVERED;
import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.batch.AppFixture;
import hoopoe.batch.Batch;
import hoopoe.batch.TickFixture;
import hoopoe.batch.create.BatchRequest;
import hoopoe.dispatch.DispatchState;
import hoopoe.dispatch.cancel.BatchCancellation;
import hoopoe.message.StatusFact;
import hoopoe.provider.CancelOutcome;
import hoopoe.provider.Deadline;
import hoopoe.provider.ProviderException;
import hoopoe.provider.ReportPage;
import hoopoe.provider.SendOutcome;
import hoopoe.provider.http.HttpLimits;
import hoopoe.testing.DynamoHook;
import hoopoe.testing.FakeProvider;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/** What a check asks and when, and when a dispatch is settled. */
class DispatchCheckTest {

    private static final Instant BEGIN = Instant.parse("2026-03-01T04:00:00Z");

    private final TickFixture tickFixture = new TickFixture();

    @Test
    void asksByAgeUntilAllIsKnown() {
        var batch = tickFixture.submitted(2, "ref");
        tickFixture.provider.reporting((reference, page) -> TickFixture.page(2, 0, 2, false, SUBMITTED, "0"));
        var ages = new ArrayList<Duration>();

        for (int i = 0; i < 14; i++) {
            tickFixture.checkWhenDue(batch);
            ages.add(Duration.between(BEGIN, tickFixture.appFixture.clock.instant()));
        }

        assertThat(ages)
                .startsWith(Duration.ofMinutes(1), Duration.ofMinutes(2), Duration.ofMinutes(5), Duration.ofMinutes(10))
                .endsWith(Duration.ofHours(24), Duration.ofHours(48), Duration.ofHours(72), Duration.ofHours(96));
        assertThat(tickFixture.provider.asked()).hasSize(14);
        // 24 h of validity and 72 h: the instant at which what is left settles.
        assertThat(tickFixture.dispatch(batch).checks().counts()).isEqualTo(Map.of("unknown", 2));
        assertThat(tickFixture.dispatch(batch).due()).isNull();
        assertThat(tickFixture.again(batch).progress().settled()).containsExactly(0);
    }

    @Test
    void settlesAsSoonAsAllIsFinal() {
        var batch = tickFixture.submitted(3, "ref");
        tickFixture.provider.reporting((reference, page) -> TickFixture.page(3, 0, 3, false, DELIVERED, "100"));

        tickFixture.checkWhenDue(batch);

        var dispatch = tickFixture.dispatch(batch);
        assertThat(dispatch.checks().counts()).isEqualTo(Map.of("delivered", 3));
        assertThat(dispatch.checks().countedAt()).isEqualTo(tickFixture.appFixture.clock.instant());
        assertThat(dispatch.due()).isNull();
        assertThat(tickFixture.again(batch).progress().settled()).containsExactly(0);
        assertThat(tickFixture.report(batch).line(1).history().cost()).isEqualByComparingTo("1.0");
        assertThat(tickFixture.report(batch).line(1).sentAt()).isEqualTo("2026-03-01T04:00:02Z");
    }

    @Test
    void readsAllRowsOverTwoPages() {
        var batch = bigOne();
        tickFixture.provider.reporting((reference, page) -> page == 1
                ? TickFixture.page(1230, 0, 1000, true, DELIVERED, "100")
                : TickFixture.page(1230, 1000, 1230, false, UNDELIVERED, "101"));

        tickFixture.checkWhenDue(batch);

        assertThat(tickFixture.provider.asked()).containsExactly(1, 2);
        assertThat(tickFixture.dispatch(batch).checks().counts())
                .isEqualTo(Map.of("delivered", 1000, "undelivered", 230));
        assertThat(tickFixture.report(batch).lines()).hasSize(1230);
        assertThat(tickFixture.dispatch(batch).due()).isNull();
    }

    @Test
    void aQuestionThatBreaksOffGoesOnWhereItStopped() {
        var batch = bigOne();
        var broken = new AtomicInteger(1);
        tickFixture.provider.reporting((reference, page) -> {
            if (page == 2 && broken.getAndDecrement() > 0) {
                throw new ProviderException.ProviderRefused("report", "-301");
            }
            return page == 1
                    ? TickFixture.page(1230, 0, 1000, true, DELIVERED, "100")
                    : TickFixture.page(1230, 1000, 1230, false, DELIVERED, "100");
        });

        assertThat(tickFixture.checkWhenDue(batch)).isEqualTo(DispatchCheck.Outcome.DONE);
        assertThat(tickFixture.dispatch(batch).checks().counts())
                .isEqualTo(Map.of("delivered", 1000, "submitted", 230));
        assertThat(tickFixture.dispatch(batch).checks().page()).isEqualTo(1);
        assertThat(tickFixture.dispatch(batch).due())
                .isAfter(tickFixture.appFixture.clock.instant())
                .isBeforeOrEqualTo(tickFixture.appFixture.clock.instant().plus(Duration.ofMinutes(5)));
        tickFixture.checkWhenDue(batch);

        assertThat(tickFixture.provider.asked()).containsExactly(1, 2, 2);
        assertThat(tickFixture.dispatch(batch).checks().counts()).isEqualTo(Map.of("delivered", 1230));
        assertThat(tickFixture.dispatch(batch).checks().page()).isZero();
    }

    @Test
    void aProviderThatIsAwayIsAskedLaterAndLater() {
        var batch = tickFixture.submitted(1, "ref");
        tickFixture.provider.reporting((reference, page) -> {
            throw new ProviderException.ProviderUnavailable("report", "timeout");
        });

        for (int i = 1; i < 4; i++) {
            assertThat(tickFixture.checkWhenDue(batch)).isEqualTo(DispatchCheck.Outcome.AWAY);
            assertThat(tickFixture
                            .checkRepository
                            .find(TickFixture.id(batch))
                            .orElseThrow()
                            .failures())
                    .isEqualTo(i);
        }
        assertThat(tickFixture.dispatch(batch).checks().counts()).isEqualTo(Map.of("submitted", 1));
        assertThat(tickFixture.dispatch(batch).due()).isNotNull();

        tickFixture.provider.reporting((reference, page) -> TickFixture.page(1, 0, 1, false, DELIVERED, "100"));
        tickFixture.checkWhenDue(batch);
        assertThat(tickFixture.dispatch(batch).checks().counts()).isEqualTo(Map.of("delivered", 1));
    }

    /** An hour of validity, and 72 h: the next age would come a day later. */
    @Test
    void timeSettlesAtItsInstantAlsoBetweenTwoAges() {
        tickFixture.appFixture.provider.sending(order -> FakeProvider.accepted("ref"));
        var batch = tickFixture.appFixture.admitted(
                new BatchRequest(null, "hello", null, null, 3600L, null, null, List.of(AppFixture.entry(0)), false));
        tickFixture.provider.reporting((reference, page) -> TickFixture.page(1, 0, 1, false, SUBMITTED, "0"));
        tickFixture.appFixture.clock.set("2026-03-04T04:00:00Z");

        tickFixture.check(batch);

        assertThat(tickFixture.dispatch(batch).due()).isEqualTo("2026-03-04T05:00:00Z");
    }

    @Test
    void timeSettlesAlsoWhatCannotBeAsked() {
        var batch = tickFixture.submitted(1, "ref");
        tickFixture.provider.reporting((reference, page) -> {
            throw new ProviderException.ProviderUnavailable("report", "timeout");
        });
        tickFixture.appFixture.clock.set("2026-03-05T04:00:00Z");

        tickFixture.check(batch);

        assertThat(tickFixture.dispatch(batch).checks().counts()).isEqualTo(Map.of("unknown", 1));
        assertThat(tickFixture.dispatch(batch).due()).isNull();
    }

    @Test
    void anEventBetweenReadingAndLeavingKeepsItDue() {
        var batch = tickFixture.submitted(1, "ref");
        tickFixture.provider.reporting((reference, page) -> {
            // The check has read the events; this one it does not see.
            tickFixture.calledBack(TickFixture.delivery("ref", 0, DELIVERED, "100"));
            return TickFixture.page(1, 0, 1, false, UNDELIVERED, "101");
        });

        tickFixture.checkWhenDue(batch);
        assertThat(tickFixture.winner(batch, 0)).map(StatusFact::state).contains(UNDELIVERED);
        assertThat(tickFixture.dispatch(batch).due()).isEqualTo(tickFixture.appFixture.clock.instant());
        tickFixture.check(batch);

        assertThat(tickFixture.winner(batch, 0)).map(StatusFact::state).contains(DELIVERED);
        assertThat(tickFixture.dispatch(batch).checks().counts()).isEqualTo(Map.of("delivered", 1));
        assertThat(tickFixture.dispatch(batch).due()).isNull();
    }

    @Test
    void aCheckForACallbackAsksNobodyBeforeItsAge() {
        var batch = tickFixture.submitted(2, "ref");
        tickFixture.provider.reporting((reference, page) -> TickFixture.page(2, 0, 2, false, SUBMITTED, "0"));
        for (int i = 0; i < 5; i++) {
            tickFixture.checkWhenDue(batch);
        }
        var next = tickFixture.dispatch(batch).due();

        tickFixture.appFixture.clock.move(Duration.ofMinutes(3));
        tickFixture.calledBack(TickFixture.delivery("ref", 0, DELIVERED, "100"));
        tickFixture.checkWhenDue(batch);

        assertThat(tickFixture.provider.asked()).hasSize(5);
        assertThat(tickFixture.dispatch(batch).checks().counts()).isEqualTo(Map.of("delivered", 1, "submitted", 1));
        assertThat(tickFixture.dispatch(batch).due()).isEqualTo(next);
    }

    @Test
    void aReplyByReportAndByCallbackIsOne() {
        var at = Instant.parse("2026-03-01T04:00:40Z");
        var reportRow = TickFixture.row(0, DELIVERED, "100", new ReportPage.ReplyRow(at, " yes\n"));
        tickFixture.provider.reporting((reference, page) -> new ReportPage(1, List.of(reportRow), false));

        var first = tickFixture.submitted(1, "report-first");
        tickFixture.checkWhenDue(first);
        tickFixture.calledBack(TickFixture.reply("report-first", 0, "yes", at));
        tickFixture.checkWhenDue(first);
        assertThat(tickFixture.replies()).hasSize(1);
        assertThat(tickFixture.report(first).line(0).replies()).hasSize(1);

        var second = tickFixture.submitted(1, "callback-first");
        tickFixture.calledBack(TickFixture.reply("callback-first", 0, "yes", at));
        tickFixture.checkWhenDue(second);
        assertThat(tickFixture.replies()).hasSize(2).allMatch(reply -> Integer.valueOf(0)
                .equals(reply.message()));
        assertThat(tickFixture.report(second).line(0).replies()).hasSize(1);
    }

    @Test
    void whatFitsNoRecipientIsKeptAside() {
        var batch = tickFixture.submitted(2, "ref");
        tickFixture.provider.reporting((reference, page) -> new ReportPage(
                2, List.of(TickFixture.row(99, DELIVERED, "100"), TickFixture.row(1, DELIVERED, "100")), false));

        tickFixture.checkWhenDue(batch);

        assertThat(tickFixture.report(batch).lines()).containsOnlyKeys(1);
        assertThat(tickFixture.report(batch).strays().history().facts()).hasSize(1);
        assertThat(tickFixture.dispatch(batch).checks().counts()).isEqualTo(Map.of("submitted", 1, "delivered", 1));
    }

    @Test
    void anUnconfirmedOneSettlesAnHourAfterItCanHaveBeenSentLast() {
        var batch = tickFixture.lost(1);

        tickFixture.checkWhenDue(batch);
        assertThat(tickFixture.dispatch(batch).due()).isEqualTo("2026-03-02T05:00:00Z");
        assertThat(tickFixture.again(batch).progress().settled()).isEmpty();
        tickFixture.checkWhenDue(batch);

        assertThat(tickFixture.again(batch).progress().settled()).containsExactly(0);
        assertThat(tickFixture.dispatch(batch).checks().counts()).isEqualTo(Map.of("unconfirmed", 1));
        assertThat(tickFixture.dispatch(batch).due()).isNull();
        assertThat(tickFixture.provider.asked()).isEmpty();
    }

    @Test
    void anUnconfirmedOneWithAReferenceIsAskedForAndSubmittedOnceItIsKnown() {
        tickFixture.appFixture.provider.sending(
                order -> new SendOutcome.Unconfirmed("overdrawn", "", Optional.of("ref")));
        var batch = tickFixture.appFixture.admitted(AppFixture.to(1));
        assertThat(tickFixture.dispatch(batch).state()).isEqualTo(DispatchState.UNCONFIRMED);

        tickFixture.checkWhenDue(batch);
        assertThat(tickFixture.dispatch(batch).state()).isEqualTo(DispatchState.UNCONFIRMED);
        tickFixture.provider.reporting((reference, page) -> TickFixture.page(1, 0, 1, false, SUBMITTED, "0"));
        tickFixture.checkWhenDue(batch);

        assertThat(tickFixture.dispatch(batch).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(tickFixture.dispatch(batch).checks().counts()).isEqualTo(Map.of("submitted", 1));
    }

    @Test
    void aRejectedOneIsSettledAtOnce() {
        tickFixture.appFixture.provider.sending(order -> new SendOutcome.Rejected("-306", "no"));
        var batch = tickFixture.appFixture.admitted(AppFixture.to(2));

        tickFixture.checkWhenDue(batch);

        assertThat(tickFixture.dispatch(batch).checks().counts()).isEqualTo(Map.of("rejected", 2));
        assertThat(tickFixture.dispatch(batch).due()).isNull();
        assertThat(tickFixture.again(batch).progress().settled()).containsExactly(0);
    }

    @Test
    void aScheduledOneIsAskedAboutDailyUntilItIsSent() {
        var batch = scheduled();
        tickFixture.provider.reporting((reference, page) -> TickFixture.page(1, 0, 1, false, SCHEDULED, "300"));
        var checked = new ArrayList<Instant>();

        for (int i = 0; i < 5; i++) {
            tickFixture.checkWhenDue(batch);
            checked.add(tickFixture.appFixture.clock.instant());
            assertThat(tickFixture.dispatch(batch).checks().counts()).isEqualTo(Map.of("scheduled", 1));
        }

        assertThat(tickFixture.provider.asked()).hasSize(4);
        assertThat(checked)
                .containsExactly(
                        BEGIN.plus(Duration.ofMinutes(1)),
                        BEGIN.plus(Duration.ofMinutes(1).plusDays(1)),
                        BEGIN.plus(Duration.ofMinutes(1).plusDays(2)),
                        Instant.parse("2026-03-03T22:01:00Z"),
                        Instant.parse("2026-03-03T22:02:00Z"));
    }

    @Test
    void whatIsMarkedAfterItWasSentIsTakenBackByTheCheck() {
        var batch = tickFixture.submitted(2, "ref");
        tickFixture.appFixture.clock.move(Duration.ofSeconds(10));
        tickFixture.provider.erasing((reference, deadline) -> new CancelOutcome.NoResult("-4", "busy"));
        tickFixture.provider.reporting((reference, page) -> TickFixture.page(2, 0, 2, false, SCHEDULED, "300"));
        tickFixture.batchCancellation.erase(batch, tickFixture.deadline());

        tickFixture.checkWhenDue(batch);
        assertThat(tickFixture.dispatch(batch).cancellation().deleted()).isNull();
        assertThat(tickFixture.dispatch(batch).due())
                .isBeforeOrEqualTo(tickFixture.appFixture.clock.instant().plus(Duration.ofMinutes(1)));
        tickFixture.provider.erasing(
                (reference, deadline) -> new CancelOutcome.CancelledMessages(2, new BigDecimal("2.0")));
        tickFixture.checkWhenDue(batch);

        assertThat(tickFixture.dispatch(batch).cancellation().deleted()).isEqualTo(2);
        assertThat(tickFixture.dispatch(batch).checks().counts()).isEqualTo(Map.of("cancelled", 2));
        assertThat(tickFixture.again(batch).progress().settled()).containsExactly(0);
        assertThat(tickFixture.dispatch(batch).due()).isNull();
    }

    /** It would be asked about once a day. */
    @Test
    void oneThatIsHeldForLaterAndMarkedIsLookedAtEveryMinute() {
        var batch = scheduled();
        tickFixture.checkWhenDue(batch);
        tickFixture.provider.erasing((reference, deadline) -> new CancelOutcome.NoResult("-8", "later"));
        tickFixture.provider.reporting((reference, page) -> TickFixture.page(1, 0, 1, false, SCHEDULED, "300"));
        tickFixture.batchCancellation.erase(batch, tickFixture.deadline());

        for (int i = 0; i < 4; i++) {
            tickFixture.checkWhenDue(batch);

            assertThat(tickFixture.dispatch(batch).due())
                    .isBeforeOrEqualTo(tickFixture.appFixture.clock.instant().plus(BatchCancellation.AGAIN));
        }
    }

    /** All the time of a tick would go into cancelling, minute by minute, and none into what became of it. */
    @Test
    void itsReportIsAskedForHoweverSlowCancellingIs() {
        var batch = tickFixture.submitted(2, "ref");
        tickFixture.batchCancellation.erase(batch, Deadline.in(Duration.ZERO, tickFixture.appFixture.clock));
        tickFixture.appFixture.provider.limits(HttpLimits.DEFAULT);
        tickFixture.provider.erasing((reference, deadline) -> {
            tickFixture.appFixture.clock.move(deadline.left().minus(HttpLimits.DEFAULT.margin()));
            throw new ProviderException.ProviderUnavailable("erase", "timeout");
        });
        tickFixture.provider.reporting((reference, page) -> TickFixture.page(2, 0, 1, false, DELIVERED, "100"));
        tickFixture.appFixture.clock.move(Duration.ofMinutes(2));

        tickFixture.check(batch);

        assertThat(tickFixture.dispatch(batch).checks().counts()).isEqualTo(Map.of("delivered", 1, "submitted", 1));
    }

    @Test
    void aWishThatComesDuringACheckIsNotPutOff() {
        var batch = scheduled();
        tickFixture.provider.erasing((reference, deadline) -> new CancelOutcome.NoResult("-8", "later"));
        eraseDuringTheNextReport(batch);

        tickFixture.checkWhenDue(batch);
        assertThat(tickFixture.dispatch(batch).cancellation().deleted()).isNull();
        assertThat(tickFixture.dispatch(batch).due())
                .isBeforeOrEqualTo(tickFixture.appFixture.clock.instant().plus(BatchCancellation.AGAIN));
        tickFixture.provider.erasing(
                (reference, deadline) -> new CancelOutcome.CancelledMessages(1, new BigDecimal("1.0")));
        tickFixture.checkWhenDue(batch);

        assertThat(tickFixture.dispatch(batch).checks().counts()).isEqualTo(Map.of("cancelled", 1));
    }

    @Test
    void aResultThatComesDuringACheckIsLookedAtAtOnce() {
        var batch = scheduled();
        tickFixture.provider.erasing(
                (reference, deadline) -> new CancelOutcome.CancelledMessages(1, new BigDecimal("1.0")));
        eraseDuringTheNextReport(batch);

        tickFixture.checkWhenDue(batch);
        assertThat(tickFixture.dispatch(batch).cancellation().deleted()).isEqualTo(1);
        assertThat(tickFixture.dispatch(batch).due()).isEqualTo(tickFixture.appFixture.clock.instant());
        tickFixture.check(batch);

        assertThat(tickFixture.dispatch(batch).checks().counts()).isEqualTo(Map.of("cancelled", 1));
        assertThat(tickFixture.dispatch(batch).due()).isNull();
    }

    /** The provider says how many it cancelled, and its report which: it is asked for at once, and not with each callback after. */
    @Test
    void theReportSaysAtOnceWhichWereCancelled() {
        var batch = tickFixture.submitted(3, "ref");
        tickFixture.provider.reporting(SUBMITTED, SUBMITTED, SUBMITTED);
        for (int i = 0; i < 3; i++) {
            tickFixture.checkWhenDue(batch);
        }
        tickFixture.appFixture.clock.move(Duration.ofMinutes(1));
        tickFixture.provider.erasing((reference, deadline) -> FakeProvider.erased(1, "1.0"));
        tickFixture.provider.reporting(SUBMITTED, CANCELLED, SUBMITTED);
        tickFixture.batchCancellation.erase(batch, tickFixture.deadline());
        tickFixture.appFixture.clock.move(Duration.ofSeconds(1));

        tickFixture.check(batch);
        assertThat(tickFixture.dispatch(batch).cancellation().deleted()).isEqualTo(1);
        assertThat(tickFixture.dispatch(batch).checks().counts()).isEqualTo(Map.of("cancelled", 1, "submitted", 2));

        int asked = tickFixture.provider.asked().size();
        tickFixture.appFixture.clock.move(Duration.ofSeconds(10));
        tickFixture.calledBack(TickFixture.delivery("ref", 0, DELIVERED, "100"));
        tickFixture.check(batch);
        assertThat(tickFixture.dispatch(batch).checks().counts())
                .isEqualTo(Map.of("cancelled", 1, "delivered", 1, "submitted", 1));
        assertThat(tickFixture.provider.asked()).hasSize(asked);
    }

    /** The check has read the batch before it is marked. */
    private void eraseDuringTheNextReport(Batch batch) {
        tickFixture.checkWhenDue(batch); // the first asks nobody
        var wished = new AtomicInteger();
        tickFixture.provider.reporting((reference, page) -> {
            if (wished.getAndIncrement() == 0) {
                tickFixture.batchCancellation.erase(batch, tickFixture.deadline());
            }
            return TickFixture.page(1, 0, 1, false, SCHEDULED, "300");
        });
    }

    /** As long as the function of that one may run, and a margin. */
    @Test
    void whoComesWhileAnotherChecksLeavesItAlone() {
        var batch = tickFixture.submitted(1, "ref");
        var outcomes = new ArrayList<DispatchCheck.Outcome>();
        tickFixture.provider.reporting((reference, page) -> {
            if (tickFixture.provider.asked().size() == 1) {
                tickFixture.appFixture.clock.move(Duration.ofSeconds(55));
                outcomes.add(tickFixture.check(batch));
            }
            return TickFixture.page(1, 0, 1, false, DELIVERED, "100");
        });

        tickFixture.checkWhenDue(batch);

        assertThat(outcomes).containsExactly(DispatchCheck.Outcome.NOTHING);
        assertThat(tickFixture.provider.asked()).hasSize(1);
    }

    /** A worker that froze before its write wakes after another one has settled the dispatch by time. */
    @Test
    void aCheckThatLostItsLeaseChangesNothing() {
        var frozen = new AtomicReference<Runnable>();
        var over = new TickFixture(new AppFixture(DynamoHook.client(request -> {
            if (request instanceof TransactWriteItemsRequest writes && isReport(writes)) {
                Optional.ofNullable(frozen.getAndSet(null)).ifPresent(Runnable::run);
            }
        })));
        var batch = over.submitted(1, "ref");
        over.appFixture.clock.set("2026-03-05T03:59:30Z");
        over.provider.reporting((reference, page) -> {
            if (over.provider.asked().size() > 1) {
                throw new ProviderException.ProviderUnavailable("report", "timeout");
            }
            frozen.set(() -> {
                over.appFixture.clock.move(Duration.ofMinutes(5));
                over.check(batch);
            });
            return TickFixture.page(1, 0, 1, false, DELIVERED, "100");
        });

        over.check(batch);

        assertThat(over.provider.asked()).hasSize(2);
        assertThat(over.dispatch(batch).due()).isNull();
        assertThat(over.dispatch(batch).checks().counts()).isEqualTo(Map.of("unknown", 1));
        assertThat(over.winner(batch, 0)).isEmpty();
    }

    private static boolean isReport(TransactWriteItemsRequest writes) {
        return writes.transactItems().stream()
                .map(TransactWriteItem::put)
                .anyMatch(put -> put != null && put.item().get("sk").s().startsWith("REPORT#"));
    }

    @Test
    void whatIsNotDueIsLeftAlone() {
        var batch = tickFixture.submitted(1, "ref");

        assertThat(tickFixture.check(batch)).isEqualTo(DispatchCheck.Outcome.NOTHING);
        assertThat(tickFixture.provider.asked()).isEmpty();
    }

    @Test
    void anAccountThatIsSetWronglyIsAskedLater() {
        var batch = tickFixture.submitted(1, "ref");
        tickFixture.provider.reporting(DELIVERED);
        tickFixture.provider.objectingToSettings(account -> Optional.of("url is no URI"));

        assertThat(tickFixture.checkWhenDue(batch)).isEqualTo(DispatchCheck.Outcome.AWAY);
        assertThat(tickFixture.provider.asked()).isEmpty();
        assertThat(tickFixture.dispatch(batch).due()).isAfter(tickFixture.appFixture.clock.instant());

        tickFixture.provider.objectingToSettings(account -> Optional.empty());
        tickFixture.checkWhenDue(batch);
        assertThat(tickFixture.dispatch(batch).checks().counts()).isEqualTo(Map.of("delivered", 1));
    }

    /** The stream brings a record of the write that settled it: a write now would bring the next, for ever. */
    @Test
    void aLookAtWhatIsSettledWritesNothing() {
        var batch = tickFixture.submitted(1, "ref");
        tickFixture.provider.reporting(DELIVERED);
        tickFixture.checkWhenDue(batch);
        int writes = tickFixture.appFixture.faults.writes();

        tickFixture.dispatchCheck.join(TickFixture.id(batch), settled -> {}, tickFixture.deadline());

        assertThat(tickFixture.dispatch(batch).due()).isNull();
        assertThat(tickFixture.appFixture.faults.writes()).isEqualTo(writes);
    }

    /** One message, for three days later. */
    private Batch scheduled() {
        tickFixture.appFixture.provider.sending(order -> FakeProvider.accepted("ref"));
        var entries = List.of(AppFixture.entry(0));
        return tickFixture.appFixture.admitted(
                new BatchRequest(null, "hello", null, "2026-03-04T06:00:00+08:00", null, null, null, entries, false));
    }

    /** 1,230 messages under one reference. */
    private Batch bigOne() {
        tickFixture.appFixture.provider.dispatchSize(2000);
        return tickFixture.submitted(1230, "ref");
    }
}
