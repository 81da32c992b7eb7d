package hoopoe.store.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.inbox.InboundSms;
import hoopoe.inbox.NewReply;
import hoopoe.inbox.ReplySearch;
import hoopoe.local.dynamo.LocalDynamo;
import hoopoe.message.PhoneNumber;
import hoopoe.message.ReplyId;
import hoopoe.store.delivery.CallbackEventRepository;
import hoopoe.store.table.Table;
import hoopoe.testing.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReplyRepositoryTest {

    private static final PhoneNumber FROM = new PhoneNumber("+886900000001");

    private final MovableClock clock = MovableClock.at("2026-03-01T16:00:00Z");
    private final String name = LocalDynamo.shared().createLastingTable();
    private final Table table = new Table(LocalDynamo.shared().client(), name);
    private final ReplyFeed replyFeed = new ReplyFeed(table, clock);
    private final ReplyRepository replyRepository = new ReplyRepository(
            table, new CallbackEventRepository(table, clock), replyFeed, number -> List.of(), clock);

    @Test
    void theProvidersTimeCountsUnlessItIsFarOff() {
        var yesterday = clock.instant().minus(Duration.ofHours(40));
        assertThat(keep("a", yesterday).at()).isEqualTo(yesterday);
        assertThat(keep("b", clock.instant().minus(Duration.ofDays(3))).at()).isEqualTo(clock.instant());
        assertThat(keep("c", clock.instant().plus(Duration.ofDays(3))).at()).isEqualTo(clock.instant());
        assertThat(keep("d", null).at()).isEqualTo(clock.instant());
    }

    @Test
    void aRepeatPastMidnightIsTheSame() {
        // 23:59 and 00:01 in Taipei.
        clock.set("2026-03-01T15:59:00Z");
        var first = keep("yes", Instant.parse("2026-03-01T15:58:30Z"));
        clock.set("2026-03-01T16:01:00Z");

        assertThat(keep(" yes\r\n", Instant.parse("2026-03-01T15:58:30Z"))).isEqualTo(first);
        assertThat(texts()).containsExactly("yes");
    }

    @Test
    void otherwiseTheyAreOthers() {
        var at = clock.instant();
        keep("yes", at);
        keep("yes", at.plusSeconds(1));
        keep("no", at);
        keep(new NewReply(new InboundSms("main", FROM, null, at, "yes", "other ref", null), null, null, null, false));
        keep(new NewReply(
                new InboundSms("main", new PhoneNumber("+886900000002"), null, at, "yes", "ref", null),
                null,
                null,
                null,
                false));

        assertThat(texts()).hasSize(5);
    }

    private List<String> texts() {
        var all = new ReplySearch("local", true, null, null, null, Instant.EPOCH, null, 10);
        return replyFeed.page(all).replies().stream()
                .map(visible -> visible.reply().sms().text())
                .toList();
    }

    private ReplyId keep(String text, @Nullable Instant at) {
        return keep(new NewReply(new InboundSms("main", FROM, null, at, text, "ref", null), null, null, null, false));
    }

    private ReplyId keep(NewReply reply) {
        return replyRepository.keep(reply);
    }
}
