package hoopoe.api.status;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.batch.Batch;
import hoopoe.inbox.InboundSms;
import hoopoe.inbox.NewReply;
import hoopoe.message.PhoneNumber;
import hoopoe.message.ReplyId;
import hoopoe.store.delivery.CallbackEventRepository;
import hoopoe.testing.StoreFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rule of the API page: a caller who asks for the last ten days, and skips ids that they have seen, misses nothing. */
class PollingRepliesTest extends StatusFixture {

    private static final Duration OVERLAP = Duration.ofDays(10);

    private final Batch batch = storeFixture.batch(1);
    private final Set<String> seen = new LinkedHashSet<>();
    private final Set<String> seenWithoutOverlap = new LinkedHashSet<>();
    private Instant polled = storeFixture.clock.instant();

    private void poll() {
        seen.addAll(since(storeFixture.clock.instant().minus(OVERLAP)));
        seenWithoutOverlap.addAll(since(polled));
        polled = storeFixture.clock.instant();
    }

    private List<String> since(Instant from) {
        return all(pages("limit=2&from=" + from, this::replies), "replies", "id");
    }

    private String said(String text, Instant at, boolean shared) {
        return kept(text, at, shared).toString();
    }

    private ReplyId kept(String text, Instant at, boolean shared) {
        var from = new PhoneNumber(StoreFixture.number(1));
        return storeFixture.replyRepository.keep(new NewReply(
                new InboundSms(StoreFixture.ACCOUNT, from, null, at, text, null, null), null, null, null, shared));
    }

    @Test
    void whatComesLateOrIsPlacedLateIsSeenAllTheSame() {
        var all = new ArrayList<String>();
        var unplaced =
                kept("of an unknown reference", storeFixture.clock.instant().minus(Duration.ofHours(48)), false);
        for (int day = 0; day < 12; day++) {
            var now = storeFixture.clock.instant();
            all.add(said("on time " + day, now, true));
            all.add(said("late " + day, now.minus(Duration.ofHours(48)), true));
            all.add(said("ahead " + day, now.plus(Duration.ofHours(48)), true));
            all.add(said("far off " + day, now.minus(Duration.ofDays(30)), true));
            poll();
            poll();
            storeFixture.clock.move(Duration.ofDays(1));
            if (Duration.ofDays(day + 1L).equals(CallbackEventRepository.ORPHANS_KEPT)) {
                // The last moment at which its event is still joined, and half a day until the poller comes.
                storeFixture.replyRepository.assign(unplaced, batch, 0);
                all.add(unplaced.toString());
                storeFixture.clock.move(Duration.ofHours(12));
            }
        }

        assertThat(seen).containsExactlyInAnyOrderElementsOf(all);
        assertThat(all).contains(unplaced.toString());
        assertThat(seenWithoutOverlap).doesNotContain(unplaced.toString()).hasSizeLessThan(all.size());
    }
}
