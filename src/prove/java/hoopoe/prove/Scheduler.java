package hoopoe.prove;

import hoopoe.store.table.Pauses;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One virtual time, and workers of which exactly one runs: whoever holds the baton. At each effect it may pass to another, by seed;
 * and a fault may happen. Whatever is random here comes from the seed, and nothing else decides.
 */
final class Scheduler {

    static final Instant BEGIN = Instant.parse("2026-03-01T04:00:00Z");

    /** Where faults may come again and again. */
    private static final List<String> FUNCTIONS =
            List.of("callback-", "tick-", "send-", "publish-", "dispatch-", "operator-");

    private static final double OFTEN = 0.12;
    private static final int MOST_EFFECTS = 60_000;
    private static final long SECOND = 1_000;

    /** What may happen at an effect. */
    enum Fault {
        CRASH_BEFORE,
        CRASH_AFTER,
        FREEZE_BEFORE,
        FREEZE_AFTER,
        /** It is done, and nobody says so. */
        LOST,
        /** It is not done, and nobody says so. */
        UNREACHED,
        /** It is not done, because of another. */
        CONFLICT,
        /** It is done twice, because the first answer was lost. */
        REPEATED
    }

    /** How an effect fails. */
    interface Failing {
        RuntimeException lost();

        RuntimeException conflict();
    }

    private record Timed(long at, long order, Runnable action) implements Comparable<Timed> {
        @Override
        public int compareTo(Timed other) {
            return at == other.at ? Long.compare(order, other.order) : Long.compare(at, other.at);
        }
    }

    /** An invocation, or what else does one thing after another. */
    final class Worker {

        final String name;
        private final Runnable work;
        private volatile @Nullable Thread thread;
        private final long began = now;
        private boolean sleeps;
        private boolean isDead;
        private int faults;
        private long end = Long.MAX_VALUE;

        private Worker(String name, Runnable work) {
            this.name = name;
            this.work = work;
        }

        /** How many faults it has met. */
        int faults() {
            return faults;
        }

        Instant began() {
            return BEGIN.plusMillis(began);
        }

        /** From now on it has so much time. */
        void ends(Duration in) {
            end = now + in.toMillis();
        }

        /** The time that is left, in milliseconds. */
        long left() {
            return end - now;
        }

        private void run() {
            thread = Thread.currentThread();
            await(this);
            try {
                work.run();
            } catch (Crashed e) {
                isDead = true;
            } catch (Breach e) {
                fail(e);
            } catch (Throwable e) { // nothing else leaves a worker: whoever expects an exception catches it
                fail(new Breach("nothing escapes", name + ": " + e, e));
            }
            workers.remove(this);
            pass();
        }
    }

    private final Plan plan;
    private final Random order;
    private final Random luck;
    private final Executor threads;
    private final Story story;
    private final double rate;
    /** Whose faults are frequent in this history; of nobody's name where those of all are alike. */
    private final String troubled;

    private final Thread controller = Thread.currentThread();
    private final List<Worker> workers = new ArrayList<>();
    private final PriorityQueue<Timed> timed = new PriorityQueue<>();
    private final List<Integer> happened = new ArrayList<>();
    private volatile @Nullable Object baton = this;
    private volatile @Nullable Breach breach;
    private long now;
    private long made;
    private int effects;
    private boolean isCalm;
    private Runnable afterEffect = () -> {};

    Scheduler(Plan plan, Executor threads, Story story) {
        this.plan = plan;
        this.threads = threads;
        this.story = story;
        order = new Random(plan.seed() * 31 + 1);
        luck = new Random(plan.seed() * 31 + 2);
        rate = new double[] {0, 0.01, 0.03, 0.08}[luck.nextInt(4)];
        troubled = luck.nextInt(3) == 0 ? FUNCTIONS.get(luck.nextInt(FUNCTIONS.size())) : "-";
    }

    // ---- time

    Instant now() {
        return BEGIN.plusMillis(now);
    }

    /** A clock that is wrong by so much. */
    Clock clock(Duration skew) {
        return new Clock() {
            @Override
            public Instant instant() {
                return now().plus(skew).truncatedTo(ChronoUnit.MILLIS);
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException();
            }
        };
    }

    /** The pauses between tries: in virtual time. */
    Pauses pauses() {
        return new Pauses() {
            @Override
            public long nanoTime() {
                return now * 1_000_000;
            }

            @Override
            public boolean pause(int bound) {
                sleep(1 + order.nextInt(bound));
                return true;
            }
        };
    }

    /** Runs it then, or at once where that is past. It must not wait. */
    void at(Instant then, Runnable action) {
        timed.add(new Timed(Math.max(now, Duration.between(BEGIN, then).toMillis()), made++, action));
    }

    void in(long millis, Runnable action) {
        timed.add(new Timed(now + millis, made++, action));
    }

    /** While it is so, no fault happens. */
    void calm(boolean now) {
        isCalm = now;
    }

    boolean isCalm() {
        return isCalm;
    }

    /** Looks at the world after each effect. */
    void afterEffect(Runnable look) {
        afterEffect = look;
    }

    /** The places of the faults that happened. */
    List<Integer> happened() {
        return happened;
    }

    int effects() {
        return effects;
    }

    // ---- workers

    Worker begin(String name, Runnable work) {
        var worker = new Worker(name, work);
        workers.add(worker);
        threads.execute(worker::run);
        return worker;
    }

    /** Who runs now; null where nobody of the world does. */
    @Nullable Worker current() {
        return baton instanceof Worker worker ? worker : null;
    }

    /** Runs all until nobody is at work and nothing is planned. @throws Breach of an invariant */
    void run() {
        pass();
        await(this);
        if (breach != null) {
            abandon();
            throw breach;
        }
    }

    /** Ends the threads of a world that is over. */
    private void abandon() {
        for (var worker : List.copyOf(workers)) {
            worker.isDead = true;
            baton = worker;
            wake(worker);
            await(this);
        }
    }

    void fail(Breach found) {
        if (breach == null) {
            breach = found;
        }
    }

    /** Gives the baton to whoever is next. Called by its holder, who then waits or ends. */
    private void pass() {
        var next = breach == null ? next() : this;
        baton = next;
        if (next instanceof Worker worker) {
            wake(worker);
        } else {
            LockSupport.unpark(controller);
        }
    }

    private static void wake(Worker worker) {
        if (worker.thread != null) {
            LockSupport.unpark(worker.thread);
        }
    }

    private void await(Object me) {
        while (baton != me) {
            LockSupport.park(this);
        }
    }

    private Object next() {
        while (true) {
            try {
                while (!timed.isEmpty() && timed.peek().at <= now) {
                    timed.remove().action.run();
                }
            } catch (Breach e) {
                fail(e);
                return this;
            }
            var awake = workers.stream().filter(worker -> !worker.sleeps).toList();
            if (!awake.isEmpty()) {
                return awake.get(order.nextInt(awake.size()));
            } else if (timed.isEmpty()) {
                return this;
            }
            now = timed.peek().at;
        }
    }

    private void turn(Worker worker) {
        pass();
        await(worker);
        if (worker.isDead) {
            throw new Crashed();
        }
    }

    /** Lets others go on for so long. */
    void sleep(long millis) {
        var worker = current();
        if (worker == null) {
            now += millis;
            return;
        }
        worker.sleeps = true;
        in(millis, () -> worker.sleeps = false);
        turn(worker);
    }

    // ---- effects

    /**
     * Something that others see, or that is seen of others.
     *
     * @param faults those that may happen to it
     */
    <T> T effect(Supplier<String> what, Failing failing, Fault[] faults, Supplier<T> action) {
        var worker = current();
        if (worker == null) {
            return action.get();
        } else if (worker.isDead) {
            throw new Crashed();
        }
        if (++effects > MOST_EFFECTS) {
            throw new Breach("it ends", "still at work after " + MOST_EFFECTS + " effects");
        }
        now += 1 + order.nextInt(20);
        if (order.nextInt(3) == 0) {
            turn(worker);
        }
        var fault = fault(worker, faults);
        worker.faults += fault == null ? 0 : 1;
        story.add(() -> line(
                worker,
                what.get()
                        + (fault == null
                                ? ""
                                : "  <<< "
                                        + fault.name().toLowerCase(Locale.ROOT).replace('_', ' '))));
        if (fault == null) {
            return done(action);
        }
        return switch (fault) {
            case CRASH_BEFORE -> throw died(worker);
            case CRASH_AFTER -> {
                attempted(action);
                throw died(worker);
            }
            case FREEZE_BEFORE -> {
                freeze(worker);
                yield done(action);
            }
            case FREEZE_AFTER -> {
                var result = done(action);
                freeze(worker);
                yield result;
            }
            case LOST -> {
                attempted(action);
                throw failing.lost();
            }
            case UNREACHED -> throw failing.lost();
            case CONFLICT -> throw failing.conflict();
            case REPEATED -> {
                attempted(action);
                yield done(action);
            }
        };
    }

    private <T> T done(Supplier<T> action) {
        try {
            return action.get();
        } finally {
            afterEffect.run();
        }
    }

    private void attempted(Supplier<?> action) {
        try {
            done(action);
        } catch (RuntimeException e) {
            // nobody hears of it
        }
    }

    private static Crashed died(Worker worker) {
        worker.isDead = true;
        return new Crashed();
    }

    /** Seconds, minutes, or longer than any lease. */
    private void freeze(Worker worker) {
        long millis = (long) (SECOND * Math.pow(1200, luck.nextDouble()));
        story.add(() -> line(worker, "is frozen for " + Duration.ofMillis(millis)));
        sleep(millis);
    }

    /** Drawn at each effect, so that one fault less changes nothing before the next. */
    private @Nullable Fault fault(Worker worker, Fault[] faults) {
        double odds = worker.name.startsWith(troubled) ? OFTEN : rate;
        double drawn = luck.nextDouble();
        var which = faults[luck.nextInt(faults.length)];
        if (isCalm || drawn >= odds || !plan.hasFault(effects)) {
            return null;
        }
        happened.add(effects);
        return which;
    }

    /** One of so many, for what is no fault at an effect: the providers' and callers' ways. */
    boolean oneIn(int n) {
        return order.nextInt(n) == 0;
    }

    int random(int bound) {
        return order.nextInt(bound);
    }

    Random order() {
        return order;
    }

    String line(Worker worker, String what) {
        return now().toString().substring(5) + "  " + worker.name + ": " + what;
    }
}
