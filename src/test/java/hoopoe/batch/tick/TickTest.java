package hoopoe.batch.tick;

import static hoopoe.message.MessageState.DELIVERED;
import static hoopoe.message.MessageState.SUBMITTED;
import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.batch.House;
import hoopoe.batch.Watch;
import hoopoe.batch.admission.BatchRequest;
import hoopoe.provider.Deadline;
import hoopoe.provider.ProviderException;
import hoopoe.provider.Readiness;
import hoopoe.store.Batch;
import hoopoe.store.DispatchState;
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

    private final Watch watch = new Watch();

    @Test
    void checksWhatIsDueAndNothingElse() {
        var early = watch.submitted(1, "early");
        watch.house.clock.move(Duration.ofSeconds(30));
        var late = watch.submitted(1, "late");
        watch.provider.reporting((reference, page) -> Watch.page(1, 0, 1, false, DELIVERED, "100"));
        watch.house.clock.move(Duration.ofSeconds(40));

        var summary = watch.tick();

        assertThat(summary).isEqualTo(new TickSummary(1, 10, 0, 0, 0, 0, 1, 0, 0));
        assertThat(watch.again(early).settled()).containsExactly(0);
        assertThat(watch.again(late).settled()).isEmpty();
    }

    @Test
    void endsLeasesAndExpiresAndSettlesWithoutAProvider() {
        watch.house.provider.ready(() -> new Readiness.NotYet("login", "", null));
        var held = watch.house.admitted(House.to(1));
        watch.house.clock.move(Duration.ofHours(25));

        watch.tick();
        assertThat(watch.dispatch(held).state()).isEqualTo(DispatchState.EXPIRED);
        watch.tick();

        assertThat(watch.dispatch(held).counts()).isEqualTo(Map.of("expired", 1));
        assertThat(watch.again(held).settled()).containsExactly(0);
        assertThat(watch.house.provider.sends()).isEmpty();
    }

    @Test
    void sendsWhatWasHeld() {
        watch.house.provider.ready(() -> new Readiness.NotYet("login", "", null));
        var batch = watch.house.admitted(House.to(1));
        watch.house.provider.ready(() -> new Readiness.Ready("key")).sending(order -> FakeProvider.accepted("ref"));
        watch.house.clock.move(Duration.ofMinutes(6));

        assertThat(watch.tick().held()).isEqualTo(1);

        assertThat(watch.dispatch(batch).state()).isEqualTo(DispatchState.SUBMITTED);
    }

    /** A slow one would take the time that they need. */
    @Test
    void anInboxIsReadAfterWhatWasHeldIsSent() {
        watch.house.provider.ready(() -> new Readiness.NotYet("login", "", null));
        var batch = watch.house.admitted(House.to(1));
        var whenRead = new ArrayList<DispatchState>();
        watch.house
                .provider
                .ready(() -> new Readiness.Ready("key"))
                .mailbox(new Mailbox(3)
                        .whileAsked(() -> whenRead.add(watch.dispatch(batch).state())));
        watch.house.clock.move(Duration.ofMinutes(6));

        watch.tick();

        assertThat(whenRead).containsExactly(DispatchState.SUBMITTED);
    }

    @Test
    void anAccountThatDoesNotAnswerLeavesTheOthersAlone() {
        var two = new Watch("hoopoe.accounts.other.provider", FakeProvider.TYPE, "hoopoe.default-account", "main");
        for (int i = 0; i < 30; i++) {
            two.submitted(1, "dead-" + i);
        }
        two.house.provider.sending(order -> FakeProvider.accepted("alive"));
        var alive = two.house.admitted(
                new BatchRequest("other", "hello", null, null, null, null, List.of(House.entry(0)), false));
        two.provider.reporting((reference, page) -> {
            if (reference.startsWith("dead")) {
                throw new ProviderException.ProviderUnavailable("report", "timeout");
            }
            return Watch.page(1, 0, 1, false, DELIVERED, "100");
        });
        two.house.clock.move(Duration.ofMinutes(2));

        two.tick();

        assertThat(two.again(alive).settled()).containsExactly(0);
        // Three without an answer, and those that were asked at the same time.
        assertThat(two.provider.asked()).hasSizeBetween(4, 20);
    }

    @Test
    void whatFailsByOurFaultIsPutOffAndStopsNothing() {
        var broken = watch.submitted(1, "broken");
        var sound = watch.submitted(1, "sound");
        watch.provider.reporting((reference, page) -> Watch.page(1, 0, 1, false, DELIVERED, "100"));
        watch.house.healthy.deleteItem(delete -> delete.tableName(watch.house.name)
                .key(Map.of(
                        "pk", AttributeValue.fromS("BATCH#" + broken.id() + "#0"),
                        "sk", AttributeValue.fromS("RECIPIENTS#00000"))));
        watch.house.clock.move(Duration.ofMinutes(2));

        var summary = watch.tick();

        assertThat(summary.failed()).isEqualTo(1);
        assertThat(watch.again(sound).settled()).containsExactly(0);
        assertThat(watch.dispatch(broken).due()).isAfter(watch.house.clock.instant());
    }

    @Test
    void theIndexIsOnlyAHint() {
        var batch = watch.submitted(1, "ref");
        watch.house.clock.move(Duration.ofMinutes(2));
        var stale = watch.due.upTo(watch.house.clock.instant());
        assertThat(stale.items()).hasSize(1);
        watch.checkWhenDue(batch);
        var asked = watch.provider.asked().size();

        watch.checks.run(watch.checkups.find(Watch.id(batch)).orElseThrow(), watch.deadline());

        assertThat(watch.provider.asked()).hasSize(asked);
    }

    @Test
    void aTableThatDoesNotAnswerIsNotTheEnd() {
        var batch = watch.submitted(1, "ref");
        watch.provider.reporting((reference, page) -> Watch.page(1, 0, 1, false, DELIVERED, "100"));
        watch.house.clock.move(Duration.ofMinutes(2));
        watch.house.faults.when(write -> true, Fault.UNREACHED);

        assertThat(watch.tick().failed()).isPositive();
        watch.house.faults.heal();
        watch.tick();

        assertThat(watch.again(batch).settled()).containsExactly(0);
    }

    @Test
    void nothingIsBegunWithTooLittleTime() {
        watch.submitted(1, "ref");
        watch.house.clock.move(Duration.ofMinutes(2));

        watch.tick.run(Deadline.in(Duration.ofSeconds(9), watch.house.clock));

        assertThat(watch.provider.asked()).isEmpty();
    }

    /** A report of many slow pages takes the time before the inboxes, and no more of it. */
    @Test
    void aSlowReportLeavesTheInboxOfAnotherAccountItsTime() {
        var slow = usual();
        var inbox = new Mailbox(3).put("+989121234567", "3000123", slow.house.clock.instant(), "hello");
        slow.house.provider.mailboxOf(account -> account.name().equals("other") ? inbox : new Mailbox(3));
        var batch = slow.submitted(1, "ref");
        slow.provider.reporting((reference, page) -> {
            slow.house.clock.move(Duration.ofSeconds(8));
            return Watch.page(page, 0, 1, page < 6, page < 6 ? SUBMITTED : DELIVERED, "");
        });
        slow.house.clock.move(Duration.ofMinutes(2));

        assertThat(slow.tick().received()).isEqualTo(1);

        assertThat(inbox.calls()).isEqualTo(1);
        assertThat(slow.provider.asked()).containsExactly(1, 2, 3);
        slow.tick();
        assertThat(slow.provider.asked()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(slow.again(batch).settled()).containsExactly(0);
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
        slow.house
                .provider
                .mailboxOf(account -> account.name().equals("other") ? inbox : new Mailbox(3))
                .reportsAtOnce(10);
        slow.provider.reportingOf(query -> {
            slow.house.clock.move(Duration.ofMillis(4900));
            return Watch.page(1, 0, 1, false, DELIVERED, "100");
        });
        slow.house.clock.move(Duration.ofMinutes(2));

        assertThat(slow.tick().checked()).isEqualTo(4);

        assertThat(settledBefore).hasValue(0);
        assertThat(settled(slow, submitted)).isEqualTo(4);
        assertThat(slow.provider.askedTogether()).hasSize(1);
    }

    private static long settled(Watch watch, List<Batch> batches) {
        return batches.stream()
                .filter(batch -> watch.again(batch).settled().contains(0))
                .count();
    }

    /** Two accounts, and the times of {@code template.yaml}. */
    private static Watch usual() {
        return new Watch(
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
