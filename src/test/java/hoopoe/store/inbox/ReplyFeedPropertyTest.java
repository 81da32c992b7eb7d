package hoopoe.store.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.batch.Batch;
import hoopoe.inbox.InboundSms;
import hoopoe.inbox.NewReply;
import hoopoe.inbox.ReplySearch;
import hoopoe.message.PhoneNumber;
import hoopoe.message.ReplyId;
import hoopoe.store.table.Table;
import hoopoe.testing.FixtureTables;
import hoopoe.testing.HastyStack;
import hoopoe.testing.MovableClock;
import hoopoe.testing.StoreFixture;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Random histories: writers at once, with clocks that differ, some frozen between reading the feed's clock and committing; replies
 * that are late by the provider's time, shared, or assigned later. Whoever follows the feed, polling at random moments with random
 * limits, gets each reply that is theirs exactly once, in an order that never goes back.
 */
class ReplyFeedPropertyTest {

    private static final int WRITERS = 4;
    private static final int REPLIES = 15;
    private static final int FROZEN_IN = 4;
    private static final Duration FROZEN = Duration.ofMillis(150);
    private static final List<String> CALLERS = List.of("shop", "bank");

    private final StoreFixture storeFixture = new StoreFixture();
    private final Map<String, Batch> batches = new HashMap<>();

    /** For whom each reply is, at last. */
    private final Map<ReplyId, Fate> fates = new ConcurrentHashMap<>();

    private final Queue<ReplyId> unplaced = new ConcurrentLinkedQueue<>();
    private final CountDownLatch over = new CountDownLatch(WRITERS);

    /**
     * @param caller null where none was found
     * @param shared whether everybody could see it until then
     */
    private record Fate(@Nullable String caller, boolean shared) {}

    /** One who keeps nothing but the cursor. */
    private final class Follower {

        private final String caller;
        private final boolean operator;
        private final Random random;
        private final ReplyFeed replyFeed = new ReplyFeed(storeFixture.table, storeFixture.clock);
        private final List<ReplyId> seen = new ArrayList<>();
        private final List<Instant> times = new ArrayList<>();
        private Instant place = Instant.EPOCH;

        Follower(String caller, boolean operator, long seed) {
            this.caller = caller;
            this.operator = operator;
            this.random = new Random(seed);
        }

        /** @return whether there was anything */
        boolean poll() {
            var page = replyFeed.page(
                    new ReplySearch(caller, operator, null, null, null, place, null, 1 + random.nextInt(7)));
            page.replies().forEach(visible -> {
                seen.add(visible.reply().id());
                times.add(visible.at());
            });
            assertThat(page.next()).isAfterOrEqualTo(place);
            place = page.next();
            return !page.replies().isEmpty();
        }

        void follow() {
            try {
                while (!over.await(random.nextInt(25), TimeUnit.MILLISECONDS)) {
                    poll();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        void check(Set<ReplyId> must, Set<ReplyId> may) {
            assertThat(times).isSorted().doesNotHaveDuplicates();
            assertThat(seen).as(caller + operator).doesNotHaveDuplicates().containsAll(must);
            assertThat(may).containsAll(seen);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whoeverFollowsTheFeedGetsEachReplyOnceInOneOrder(long seed) throws Exception {
        CALLERS.forEach(caller -> batches.put(caller, storeFixture.batch(caller, null, StoreFixture.numbers(1))));
        var followers = new ArrayList<Follower>();
        CALLERS.forEach(caller -> followers.add(new Follower(caller, false, seed + followers.size())));
        followers.add(new Follower("shop", true, seed + followers.size()));
        followers.add(new Follower("ops", true, seed + followers.size()));
        var running = new ArrayList<CompletableFuture<Void>>();
        followers.forEach(follower -> running.add(CompletableFuture.runAsync(follower::follow, HastyStack.ASIDE)));
        IntStream.range(0, WRITERS)
                .forEach(writer -> running.add(CompletableFuture.runAsync(
                        () -> write(writer, new Random(seed * 31 + writer)), HastyStack.ASIDE)));
        CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).get(2, TimeUnit.MINUTES);
        new ReplyFeed(storeFixture.table, storeFixture.clock).catchUp(() -> true);

        for (var follower : followers) {
            while (follower.poll()) {
                // to the end
            }
            follower.check(those(follower, false), those(follower, true));
        }
        assertThat(fates).hasSize(WRITERS * REPLIES);
    }

    /** @param also with those that a follower saw if they asked before the caller was known, and else did not */
    private Set<ReplyId> those(Follower follower, boolean also) {
        var ids = new LinkedHashSet<ReplyId>();
        fates.forEach((id, fate) -> {
            if (fate.caller() == null
                    ? fate.shared() || follower.operator
                    : fate.caller().equals(follower.caller)) {
                ids.add(id);
            } else if (also && (follower.operator || fate.shared())) {
                ids.add(id);
            }
        });
        return ids;
    }

    private void write(int writer, Random random) {
        var clock = MovableClock.at(storeFixture.clock.instant().toString());
        clock.move(Duration.ofSeconds(random.nextInt(61) - 30));
        var table = new Table(freezing(random), storeFixture.name);
        var replyRepository = new ReplyRepository(
                table, storeFixture.callbackEventRepository, new ReplyFeed(table, clock), number -> List.of(), clock);
        try {
            for (int n = 0; n < REPLIES; n++) {
                clock.move(Duration.ofMillis(random.nextInt(3)));
                keep(replyRepository, writer + "-" + n, clock.instant(), random);
                if (random.nextInt(3) == 0) {
                    place(replyRepository, random);
                }
            }
        } finally {
            over.countDown();
        }
    }

    private void keep(ReplyRepository replyRepository, String text, Instant now, Random random) {
        var sms = new InboundSms(
                StoreFixture.ACCOUNT,
                new PhoneNumber(StoreFixture.number(1)),
                null,
                now.minusSeconds(random.nextInt(100_000)),
                text,
                null,
                null);
        var kind = random.nextInt(3);
        var caller = CALLERS.get(random.nextInt(CALLERS.size()));
        if (kind == 0) {
            var batch = batches.get(caller);
            var id = replyRepository.keep(new NewReply(sms, null, batch.id(), caller, false));
            fates.put(id, new Fate(caller, false));
        } else {
            var id = replyRepository.keep(new NewReply(sms, null, null, null, kind == 1));
            fates.put(id, new Fate(null, kind == 1));
            unplaced.add(id);
        }
    }

    /** Finds the caller of a reply that had none. */
    private void place(ReplyRepository replyRepository, Random random) {
        var id = unplaced.poll();
        if (id != null) {
            var caller = CALLERS.get(random.nextInt(CALLERS.size()));
            fates.compute(id, (same, fate) -> new Fate(caller, fate != null && fate.shared()));
            replyRepository.assign(id, batches.get(caller), random.nextBoolean() ? 0 : null);
        }
    }

    /** Holds some transactions: others get through between what such a writer has read and its commit. */
    private static DynamoDbClient freezing(Random random) {
        var client = FixtureTables.client();
        return (DynamoDbClient) Proxy.newProxyInstance(
                DynamoDbClient.class.getClassLoader(), new Class<?>[] {DynamoDbClient.class}, (proxy, method, args) -> {
                    if (method.getName().equals("transactWriteItems") && random.nextInt(FROZEN_IN) == 0) {
                        Thread.sleep(FROZEN.toMillis());
                    }
                    try {
                        return method.invoke(client, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
