package hoopoe.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/**
 * DynamoDB clients with faults that DynamoDB Local does not have: conflicts, lost answers, and the death of their process.
 * What the SDK says may repeat what it was given: it is a canary. Each client is a process of its own. Writes of all are
 * counted together from 1, in the order in which they begin.
 */
public final class FaultyDynamo {

    /** What happens to a write. */
    public enum Fault {
        /** It meets another transaction, and does nothing. */
        CONFLICT,
        /** It is done, its answer is lost, and the SDK does it again. */
        REPEATED,
        /** It is done, and the SDK gives up waiting for the answer. */
        LOST,
        /** It never reaches the table. */
        UNREACHED,
        /** The process dies before it. */
        KILL_BEFORE,
        /** The process dies after it. */
        KILL_AFTER
    }

    /** The process is dead: nothing may catch it, and nothing works after it. */
    public static final class Killed extends Error {
        private static final long serialVersionUID = 1;

        public Killed() {
            super("killed", null, false, false);
        }
    }

    private static final Set<String> WRITES =
            Set.of("putItem", "updateItem", "deleteItem", "transactWriteItems", "batchWriteItem");

    private final DynamoDbClient healthy;
    private final AtomicInteger writes = new AtomicInteger();
    private final List<String> names = new ArrayList<>();
    private final List<String> reads = new ArrayList<>();
    private final List<Process> processes = new CopyOnWriteArrayList<>();
    private volatile IntFunction<@Nullable Fault> plan = write -> null;
    private volatile @Nullable Predicate<Object[]> poisoned;
    private volatile Fault poison = Fault.UNREACHED;

    private static final class Process {
        private volatile boolean dead;
    }

    public FaultyDynamo(DynamoDbClient healthy) {
        this.healthy = healthy;
    }

    /** Has the fault at the {@code k}th write from now. */
    public FaultyDynamo at(int k, Fault fault) {
        return at(Map.of(k, fault));
    }

    /** Has several, by the number of the write from now. */
    public FaultyDynamo at(Map<Integer, Fault> faults) {
        return plan(faults::get);
    }

    public FaultyDynamo when(IntPredicate when, Fault fault) {
        return plan(write -> when.test(write) ? fault : null);
    }

    /** Loses each write that holds this text on the way, and no other. */
    public FaultyDynamo losing(String text) {
        return each(text, Fault.UNREACHED);
    }

    /** Lets each write that holds this text have the fault, and no other. */
    public FaultyDynamo each(String text, Fault fault) {
        plan(write -> null);
        poison = fault;
        poisoned = request -> Arrays.toString(request).contains(text);
        return this;
    }

    private FaultyDynamo plan(IntFunction<@Nullable Fault> faults) {
        writes.set(0);
        plan = faults;
        poisoned = null;
        return this;
    }

    /** Without faults, and with new processes for those that died. */
    public void heal() {
        plan = write -> null;
        poisoned = null;
        processes.forEach(process -> process.dead = false);
    }

    /** Since the last {@link #at} or {@link #when}. */
    public int writes() {
        return writes.get();
    }

    /** The operations of all writes so far. */
    public synchronized List<String> names() {
        return List.copyOf(names);
    }

    /** The operations of all reads so far. A paginator is one, however many pages it reads. */
    public synchronized List<String> reads() {
        return List.copyOf(reads);
    }

    public DynamoDbClient client() {
        var process = new Process();
        processes.add(process);
        return (DynamoDbClient) Proxy.newProxyInstance(
                DynamoDbClient.class.getClassLoader(), new Class<?>[] {DynamoDbClient.class}, (proxy, method, args) -> {
                    Call call = () -> {
                        try {
                            return method.invoke(healthy, args);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    };
                    return answer(process, method.getName(), args, call);
                });
    }

    private interface Call {
        @Nullable Object run() throws Throwable;
    }

    private @Nullable Object answer(Process process, String name, Object[] args, Call call) throws Throwable {
        if (process.dead) {
            throw new Killed();
        }
        if (!WRITES.contains(name)) {
            note(reads, name);
            return call.run();
        }
        note(names, name);
        var fault = fault(writes.incrementAndGet(), args);
        return fault == null ? call.run() : faulty(process, name, fault, call);
    }

    private @Nullable Fault fault(int write, Object[] args) {
        var lost = poisoned;
        return lost != null && lost.test(args) ? poison : plan.apply(write);
    }

    private synchronized void note(List<String> all, String name) {
        all.add(name);
    }

    private @Nullable Object faulty(Process process, String name, Fault now, Call call) throws Throwable {
        switch (now) {
            case CONFLICT -> {
                if (name.equals("batchWriteItem")) { // as many single puts: none of them is ever told of a conflict
                    return call.run();
                }
                throw conflict(name);
            }
            case REPEATED -> {
                call.run();
                return call.run();
            }
            case LOST -> {
                call.run();
                throw SdkClientException.create("no answer to " + Canary.TEXT);
            }
            case UNREACHED -> throw SdkClientException.create("no connection for " + Canary.TEXT);
            case KILL_BEFORE -> {
                process.dead = true;
                throw new Killed();
            }
            case KILL_AFTER -> {
                call.run();
                process.dead = true;
                throw new Killed();
            }
        }
        throw new IllegalStateException();
    }

    private static RuntimeException conflict(String name) {
        return name.equals("transactWriteItems")
                ? TransactionCanceledException.builder()
                        .message("conflict")
                        .cancellationReasons(CancellationReason.builder()
                                .code("TransactionConflict")
                                .build())
                        .build()
                : TransactionConflictException.builder().message("conflict").build();
    }
}
