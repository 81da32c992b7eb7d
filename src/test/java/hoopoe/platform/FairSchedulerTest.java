package hoopoe.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FairSchedulerTest {

    private final FairScheduler fairScheduler = new FairScheduler(account -> 2, 3);
    private final List<String> done = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService pool = Executors.newFixedThreadPool(2);

    @AfterEach
    void close() {
        pool.shutdown();
    }

    private void add(String account, boolean... answers) {
        for (var answer : answers) {
            fairScheduler.add(account, () -> {
                done.add(account);
                return answer;
            });
        }
    }

    @Test
    void onlySilenceInARowLeavesTheRestOfAnAccountAlone() {
        add("silent", false, false, false, true);
        add("slow", false, false, true, false, false, true, true);

        fairScheduler.run(pool, 1, () -> true);

        assertThat(Collections.frequency(done, "silent")).isEqualTo(3);
        assertThat(Collections.frequency(done, "slow")).isEqualTo(7);
    }

    @Test
    void anAnswerThatComesAfterTheLastSilenceChangesNothing() {
        var strict = new FairScheduler(account -> 2, 1);
        // Asked by each worker, and again by the one whose work is over.
        var asked = new CountDownLatch(3);
        strict.add("silent", () -> {
            await(asked);
            return done.add("late");
        });
        strict.add("silent", () -> !done.add("silent"));
        strict.add("silent", () -> done.add("left undone"));

        strict.run(pool, 2, () -> {
            asked.countDown();
            return true;
        });

        assertThat(done).containsExactly("silent", "late");
    }

    @Test
    void eachAccountHasItsOwnLimit() {
        var most = new ConcurrentHashMap<String, Integer>();
        var busy = new ConcurrentHashMap<String, Integer>();
        var limited = new FairScheduler(Map.of("one", 1, "three", 3)::get, 3);
        var wide = Executors.newFixedThreadPool(8);
        for (int i = 0; i < 9; i++) {
            for (var account : List.of("one", "three")) {
                limited.add(account, () -> {
                    int now = busy.merge(account, 1, Integer::sum);
                    most.merge(account, now, Math::max);
                    LockSupport.parkNanos(2_000_000);
                    busy.merge(account, -1, Integer::sum);
                    return done.add(account);
                });
            }
        }

        limited.run(wide, 8, () -> true);

        wide.shutdown();
        assertThat(done).hasSize(18);
        assertThat(most.get("one")).isEqualTo(1);
        assertThat(most.get("three")).isLessThanOrEqualTo(3);
    }

    @Test
    void whatIsAbandonedIsNotDoneAndWhoWasSilentStaysSo() {
        add("silent", false, false, false, true);
        add("sound", true);
        fairScheduler.run(pool, 1, () -> done.size() < 4);
        assertThat(done).hasSize(4);

        fairScheduler.abandon();
        add("silent", true);
        add("sound", true);
        fairScheduler.run(pool, 1, () -> true);

        assertThat(done).hasSize(5);
        assertThat(done.get(4)).isEqualTo("sound");
    }

    /** One that has been served less is not helped by more workers while all it has at work is slow. */
    @Test
    void whoeverIsFreeTakesFromTheAccountThatHasTheFewestAtWork() {
        var others = new CountDownLatch(6);
        fairScheduler.add("slow", () -> {
            await(others);
            done.add("slow");
            return true;
        });
        add("slow", true, true, true);
        for (int i = 0; i < 6; i++) {
            fairScheduler.add("quick", () -> {
                done.add("quick");
                others.countDown();
                return true;
            });
        }

        fairScheduler.run(pool, 2, () -> true);

        assertThat(done.subList(0, 6)).containsOnly("quick");
        assertThat(done).hasSize(10);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void oneThatIsAloneHasAllWorkersAndNothingIsBegunWhenTimeIsOver() {
        add("alone", true, true, true);

        fairScheduler.run(pool, 2, () -> done.size() < 2);

        assertThat(done).hasSizeBetween(2, 3);
    }
}
