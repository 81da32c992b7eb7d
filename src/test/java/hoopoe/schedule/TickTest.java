package hoopoe.schedule;

import static hoopoe.message.MessageState.DELIVERED;
import static hoopoe.message.MessageState.SUBMITTED;
import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.batch.AppFixture;
import hoopoe.batch.Batch;
import hoopoe.batch.TickFixture;
import hoopoe.batch.create.BatchRequest;
import hoopoe.dispatch.DispatchState;
import hoopoe.provider.Deadline;
import hoopoe.provider.ProviderException;
import hoopoe.provider.Readiness;
import hoopoe.testing.FakeProvider;
import hoopoe.testing.FaultyDynamo.Fault;
import hoopoe.testing.Mailbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class TickTest {

    private final TickFixture tickFixture = new TickFixture();

    @Test
    void checksWhatIsDueAndNothingElse() {
        var early = tickFixture.submitted(1, "early");
        tickFixture.appFixture.clock.move(Duration.ofSeconds(30));
        var late = tickFixture.submitted(1, "late");
        tickFixture.provider.reporting((reference, page) -> TickFixture.page(1, 0, 1, false, DELIVERED, "100"));
        tickFixture.appFixture.clock.move(Duration.ofSeconds(40));

        var summary = tickFixture.tick();

        assertThat(summary).isEqualTo(new TickSummary(1, 10, 0, 0, 0, 0, 1, 0, 0));
        assertThat(tickFixture.again(early).progress().settled()).containsExactly(0);
        assertThat(tickFixture.again(late).progress().settled()).isEmpty();
    }

    @Test
    void endsLeasesAndExpiresAndSettlesWithoutAProvider() {
        tickFixture.appFixture.provider.ready(() -> new Readiness.NotYet("login", "", null));
        var held = tickFixture.appFixture.admitted(AppFixture.to(1));
        tickFixture.appFixture.clock.move(Duration.ofHours(25));

        tickFixture.tick();
        assertThat(tickFixture.dispatch(held).state()).isEqualTo(DispatchState.EXPIRED);
        tickFixture.tick();

        assertThat(tickFixture.dispatch(held).checks().counts()).isEqualTo(Map.of("expired", 1));
        assertThat(tickFixture.again(held).progress().settled()).containsExactly(0);
        assertThat(tickFixture.appFixture.provider.sends()).isEmpty();
    }

    @Test
    void sendsWhatWasHeld() {
        tickFixture.appFixture.provider.ready(() -> new Readiness.NotYet("login", "", null));
        var batch = tickFixture.appFixture.admitted(AppFixture.to(1));
        tickFixture
                .appFixture
                .provider
                .ready(() -> new Readiness.Ready("key"))
                .sending(order -> FakeProvider.accepted("ref"));
        tickFixture.appFixture.clock.move(Duration.ofMinutes(6));

        assertThat(tickFixture.tick().held()).isEqualTo(1);

        assertThat(tickFixture.dispatch(batch).state()).isEqualTo(DispatchState.SUBMITTED);
    }

    /** A slow one would take the time that they need. */
    @Test
    void anInboxIsReadAfterWhatWasHeldIsSent() {
        tickFixture.appFixture.provider.ready(() -> new Readiness.NotYet("login", "", null));
        var batch = tickFixture.appFixture.admitted(AppFixture.to(1));
        var whenRead = new ArrayList<DispatchState>();
        tickFixture
                .appFixture
                .provider
                .ready(() -> new Readiness.Ready("key"))
                .mailbox(new Mailbox(3)
                        .whileAsked(
                                () -> whenRead.add(tickFixture.dispatch(batch).state())));
        tickFixture.appFixture.clock.move(Duration.ofMinutes(6));

        tickFixture.tick();

        assertThat(whenRead).containsExactly(DispatchState.SUBMITTED);
    }

    @Test
    void anAccountThatDoesNotAnswerLeavesTheOthersAlone() {
        var two =
                new TickFixture("hoopoe.accounts.other.provider", FakeProvider.TYPE, "hoopoe.default-account", "main");
        for (int i = 0; i < 30; i++) {
            two.submitted(1, "dead-" + i);
        }
        two.appFixture.provider.sending(order -> FakeProvider.accepted("alive"));
        var alive = two.appFixture.admitted(
                new BatchRequest("other", "hello", null, null, null, null, null, List.of(AppFixture.entry(0)), false));
        two.provider.reporting((reference, page) -> {
            if (reference.startsWith("dead")) {
                throw new ProviderException.ProviderUnavailable("report", "timeout");
            }
            return TickFixture.page(1, 0, 1, false, DELIVERED, "100");
        });
        two.appFixture.clock.move(Duration.ofMinutes(2));

        two.tick();

        assertThat(two.again(alive).progress().settled()).containsExactly(0);
        // Three without an answer, and those that were asked at the same time.
        assertThat(two.provider.asked()).hasSizeBetween(4, 20);
    }

    @Test
    void whatFailsByOurFaultIsPutOffAndStopsNothing() {
        var broken = tickFixture.submitted(1, "broken");
        var sound = tickFixture.submitted(1, "sound");
        tickFixture.provider.reporting((reference, page) -> TickFixture.page(1, 0, 1, false, DELIVERED, "100"));
        tickFixture.appFixture.healthy.deleteItem(delete -> delete.tableName(tickFixture.appFixture.name)
                .key(Map.of(
                        "pk", AttributeValue.fromS("BATCH#" + broken.id() + "#0"),
                        "sk", AttributeValue.fromS("RECIPIENTS#00000"))));
        tickFixture.appFixture.clock.move(Duration.ofMinutes(2));

        var summary = tickFixture.tick();

        assertThat(summary.failed()).isEqualTo(1);
        assertThat(tickFixture.again(sound).progress().settled()).containsExactly(0);
        assertThat(tickFixture.dispatch(broken).due()).isAfter(tickFixture.appFixture.clock.instant());
    }

    @Test
    void theIndexIsOnlyAHint() {
        var batch = tickFixture.submitted(1, "ref");
        tickFixture.appFixture.clock.move(Duration.ofMinutes(2));
        var stale = tickFixture
                .due
                .upTo(tickFixture.appFixture.clock.instant(), shard -> true)
                .next();
        assertThat(stale).hasSize(1);
        tickFixture.checkWhenDue(batch);
        var asked = tickFixture.provider.asked().size();

        tickFixture.dispatchCheck.run(
                tickFixture.checkRepository.find(TickFixture.id(batch)).orElseThrow(), tickFixture.deadline());

        assertThat(tickFixture.provider.asked()).hasSize(asked);
    }

    @Test
    void aTableThatDoesNotAnswerIsNotTheEnd() {
        var batch = tickFixture.submitted(1, "ref");
        tickFixture.provider.reporting((reference, page) -> TickFixture.page(1, 0, 1, false, DELIVERED, "100"));
        tickFixture.appFixture.clock.move(Duration.ofMinutes(2));
        tickFixture.appFixture.faults.when(write -> true, Fault.UNREACHED);

        assertThat(tickFixture.tick().failed()).isPositive();
        tickFixture.appFixture.faults.heal();
        tickFixture.tick();

        assertThat(tickFixture.again(batch).progress().settled()).containsExactly(0);
    }

    @Test
    void nothingIsBegunWithTooLittleTime() {
        tickFixture.submitted(1, "ref");
        tickFixture.appFixture.clock.move(Duration.ofMinutes(2));

        tickFixture.tick.run(WorkerShare.WHOLE, Deadline.in(Duration.ofSeconds(9), tickFixture.appFixture.clock));

        assertThat(tickFixture.provider.asked()).isEmpty();
    }

    /** A report of many slow pages takes the time before the inboxes, and no more of it. */
    @Test
    void aSlowReportLeavesTheInboxOfAnotherAccountItsTime() {
        var slow = usual();
        var inbox = new Mailbox(3).put("+989121234567", "3000123", slow.appFixture.clock.instant(), "hello");
        slow.appFixture.provider.mailboxOf(account -> account.name().equals("other") ? inbox : new Mailbox(3));
        var batch = slow.submitted(1, "ref");
        slow.provider.reporting((reference, page) -> {
            slow.appFixture.clock.move(Duration.ofSeconds(8));
            return TickFixture.page(page, 0, 1, page < 6, page < 6 ? SUBMITTED : DELIVERED, "");
        });
        slow.appFixture.clock.move(Duration.ofMinutes(2));

        assertThat(slow.tick().received()).isEqualTo(1);

        assertThat(inbox.calls()).isEqualTo(1);
        assertThat(slow.provider.asked()).containsExactly(1, 2, 3);
        slow.tick();
        assertThat(slow.provider.asked()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(slow.again(batch).progress().settled()).containsExactly(0);
    }

    /** What there was no time for before the inboxes is checked after them, by what the provider has said of it. */
    @Test
    void checksGoOnAfterTheInboxes() {
        var slow = usual();
        var submitted = new ArrayList<Batch>();
        for (int i = 0; i < 4; i++) {
            submitted.add(slow.submitted(1, "ref-" + i));
        }
        var inbox = new Mailbox(3);
        var settledBefore = new AtomicLong(-1);
        inbox.whileAsked(() -> settledBefore.set(settled(slow, submitted)));
        slow.appFixture
                .provider
                .mailboxOf(account -> account.name().equals("other") ? inbox : new Mailbox(3))
                .reportsAtOnce(10);
        slow.provider.reportingOf(query -> {
            slow.appFixture.clock.move(Duration.ofMillis(4900));
            return TickFixture.page(1, 0, 1, false, DELIVERED, "100");
        });
        slow.appFixture.clock.move(Duration.ofMinutes(2));

        assertThat(slow.tick().checked()).isEqualTo(4);

        assertThat(settledBefore).hasValue(0);
        assertThat(settled(slow, submitted)).isEqualTo(4);
        assertThat(slow.provider.askedTogether()).hasSize(1);
    }

    private static long settled(TickFixture tickFixture, List<Batch> batches) {
        return batches.stream()
                .filter(batch -> tickFixture.again(batch).progress().settled().contains(0))
                .count();
    }

    /** Two accounts, and the times of {@code template.yaml}. */
    private static TickFixture usual() {
        return new TickFixture(
                "hoopoe.accounts.other.provider",
                FakeProvider.TYPE,
                "hoopoe.default-account",
                "main",
                "hoopoe.timing.function",
                "PT28S",
                "hoopoe.provider.call-timeout",
                "PT20S",
                "hoopoe.provider.call-margin",
                "PT2S");
    }
}
