package hoopoe.platform;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.ToIntFunction;

/**
 * Shares a few workers among several accounts. A free worker takes work of the account with the fewest busy workers: so a slow
 * account delays only itself, and a single account has as many workers as {@code calls} allows it.
 */
public final class FairScheduler {

    private final ToIntFunction<String> calls;
    private final int silences;
    private final Map<String, Share> shares = new LinkedHashMap<>();

    /**
     * @param calls how much of an account's work is done at a time, at most; asked once an account
     * @param silences after so many calls in a row without an answer the rest of an account's work is left undone
     */
    public FairScheduler(ToIntFunction<String> calls, int silences) {
        this.calls = calls;
        this.silences = silences;
    }

    private final class Share {
        private final int most;
        private final Deque<BooleanSupplier> waiting = new ArrayDeque<>();
        private int busy;
        private int served;
        private int silent;

        Share(String account) {
            most = calls.applyAsInt(account);
        }

        boolean hasWork() {
            return !waiting.isEmpty() && busy < most && !isSilent();
        }

        /** For good: an answer that comes after the last silence does not change it. */
        boolean isSilent() {
            return silent >= silences;
        }
    }

    private record Turn(Share share, BooleanSupplier work) {}

    /** @param work returns whether there was an answer; must not throw */
    public synchronized void add(String account, BooleanSupplier work) {
        shares.computeIfAbsent(account, Share::new).waiting.add(work);
    }

    /** Leaves undone what still waits. Who is silent stays so. */
    public synchronized void abandon() {
        shares.values().forEach(share -> share.waiting.clear());
    }

    /**
     * Returns when all work is done, or left undone.
     *
     * @param goesOn asked before each piece of work
     */
    public void run(ExecutorService pool, int workers, BooleanSupplier goesOn) {
        var running = new ArrayList<Future<?>>();
        for (int i = 0; i < workers; i++) {
            running.add(pool.submit(() -> work(goesOn)));
        }
        Workers.await(running);
    }

    private void work(BooleanSupplier goesOn) {
        while (goesOn.getAsBoolean()) {
            var turn = take();
            if (turn.isEmpty()) {
                return;
            }
            var answered = false;
            try {
                answered = turn.get().work.getAsBoolean();
            } finally {
                done(turn.get().share, answered);
            }
        }
    }

    private synchronized Optional<Turn> take() {
        var next = shares.values().stream()
                .filter(Share::hasWork)
                .min(Comparator.<Share>comparingInt(share -> share.busy).thenComparingInt(share -> share.served));
        return next.map(share -> {
            share.busy++;
            share.served++;
            return new Turn(share, share.waiting.remove());
        });
    }

    private synchronized void done(Share share, boolean answered) {
        share.busy--;
        share.silent = answered && !share.isSilent() ? 0 : share.silent + 1;
    }
}
