package hoopoe.testing;

import hoopoe.local.wire.Answer;
import hoopoe.local.wire.Ending;
import hoopoe.local.wire.Job;
import hoopoe.local.wire.Request;
import hoopoe.local.wire.Upstream;
import hoopoe.local.wire.WireServer;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the functions of a stack and their table, and can hold a write: so an environment can be ended between two
 * of them, and not about there. Functions are told apart by their access keys.
 */
public final class TableGate implements AutoCloseable {

    private static final Set<String> WRITES =
            Set.of("PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems", "BatchWriteItem");
    private static final int BOUND = 60;

    private final Upstream table;
    private final WireServer server;
    private volatile @Nullable Hold hold;
    private volatile Instead instead = (function, operation) -> Optional.empty();

    /** Answers that the table did not give. */
    public interface Instead {

        /**
         * @param operation as DynamoDB names it
         * @return empty where the table shall be asked
         */
        Optional<Answer> of(String function, String operation);
    }

    /** Where a write is held. */
    public enum Moment {
        /** The table has not seen it. */
        BEFORE,
        /** It is done, and its answer does not come. */
        AFTER
    }

    /** @param table where DynamoDB answers */
    public TableGate(URI table) {
        this.table = new Upstream(table);
        this.server = WireServer.bind(0, request -> new Passage(request)).begin();
    }

    public String url() {
        return server.address();
    }

    /** From now on holds the {@code k}th write of a function, and all after it. The last hold is the one that counts. */
    public Hold hold(String function, int k, Moment moment) {
        var next = new Hold(function, k, moment);
        hold = next;
        return next;
    }

    /** From now on the functions are answered so. */
    public void answer(Instead other) {
        instead = other;
    }

    @Override
    public void close() {
        server.close();
    }

    /** Writes that do not get on. */
    public static final class Hold {

        private final String function;
        private final Moment moment;
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch over = new CountDownLatch(1);
        private int left;

        private Hold(String function, int k, Moment moment) {
            this.function = function;
            this.moment = moment;
            this.left = k;
        }

        /** Returns when a write is held. */
        public void await() throws InterruptedException {
            if (!reached.await(BOUND, TimeUnit.SECONDS)) {
                throw new AssertionError("no write of " + function + " was held");
            }
        }

        /** Ends it. Held writes are dropped: their writer has crashed. */
        public void drop() {
            over.countDown();
        }

        /** @return whether this write gets through, and its answer back */
        private synchronized boolean lets() {
            return over.getCount() == 0 || --left > 0;
        }

        private synchronized boolean isLast() {
            return left == 0;
        }

        private Answer wait(Answer otherwise) {
            reached.countDown();
            try {
                over.await(BOUND, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return otherwise;
        }
    }

    private final class Passage implements Job {

        private final Request request;

        Passage(Request request) {
            this.request = request;
        }

        /** Not for the log. */
        @Override
        public String operation() {
            return "";
        }

        @Override
        public Answer answer() {
            return instead.of(function(), Upstream.operation(request)).orElseGet(this::held);
        }

        private Answer held() {
            var standing = hold;
            if (standing == null || !isWriteOf(standing.function) || standing.lets()) {
                return pass();
            }
            if (standing.moment == Moment.AFTER && standing.isLast()) {
                pass();
            }
            return standing.wait(Answer.nothing(Ending.CLOSE));
        }

        private boolean isWriteOf(String function) {
            return WRITES.contains(Upstream.operation(request)) && function().equals(function);
        }

        private String function() {
            return request.header("Authorization")
                    .orElse("")
                    .replaceFirst(".*Credential=", "")
                    .replaceFirst("/.*", "");
        }

        private Answer pass() {
            return table.answer(request, request.body());
        }
    }
}
