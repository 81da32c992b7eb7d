package hoopoe.local.dynamo;

import hoopoe.local.template.StreamDefinition;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;

/**
 * The mapping from a table's stream to a function, as Lambda runs it: reads every shard from its start, filters, and delivers in
 * batches, one lane for each unit of the parallelization factor, so that one item's records stay in order.
 */
public final class StreamPump implements AutoCloseable {

    private static final long PAUSE = 100;

    /** The function. */
    public interface Target {

        /** @return its answer, or nothing where it failed */
        Optional<byte[]> invoke(byte[] event) throws InterruptedException;
    }

    private final LocalDynamo dynamo;
    private final String stream;
    private final StreamFilter filter;
    private final int batchSize;
    private final Duration window;
    private final Delivery delivery;
    private final List<BlockingQueue<StreamRecord>> lanes = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Map<String, String> iterators = new HashMap<>();
    private final Set<String> finished = new HashSet<>();

    private StreamPump(LocalDynamo dynamo, String table, StreamDefinition mapping, Delivery delivery) {
        this.dynamo = dynamo;
        this.stream = dynamo.client()
                .describeTable(describe -> describe.tableName(table))
                .table()
                .latestStreamArn();
        this.filter = new StreamFilter(mapping.filters());
        this.batchSize = mapping.batchSize();
        this.window = mapping.window();
        this.delivery = delivery;
        for (var i = 0; i < mapping.parallelization(); i++) {
            lanes.add(new LinkedBlockingQueue<>());
        }
    }

    /**
     * Starts it; earlier records of the table are delivered too.
     *
     * @param givenUp takes the records, as JSON, that AWS would send to the queue for failures
     */
    public static StreamPump start(
            LocalDynamo dynamo,
            String table,
            StreamDefinition mapping,
            Target target,
            Consumer<String> givenUp,
            Clock clock) {
        var delivery = new Delivery(
                mapping, target, record -> givenUp.accept(record.json().toString()), clock);
        var pump = new StreamPump(dynamo, table, mapping, delivery);
        pump.run("stream-reader", pump::read);
        pump.lanes.forEach(lane -> pump.run("stream-lane", () -> pump.deliver(lane)));
        return pump;
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }

    private interface Work {
        void once() throws InterruptedException;
    }

    private void run(String name, Work work) {
        var thread = new Thread(
                () -> {
                    try {
                        while (!Thread.currentThread().isInterrupted()) {
                            work.once();
                        }
                    } catch (InterruptedException | AbortedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void read() throws InterruptedException {
        for (var shard : shards()) {
            var id = shard.shardId();
            // a shard's records come after those of the shard it was split from
            if (!finished.contains(id) && !iterators.containsKey(parent(shard))) {
                read(id);
            }
        }
        Thread.sleep(PAUSE);
    }

    private void read(String shard) {
        var iterator = iterators.computeIfAbsent(shard, this::first);
        var page = dynamo.streams().getRecords(get -> get.shardIterator(iterator));
        for (var raw : page.records()) {
            var record = StreamRecord.of(raw, stream, LocalDynamo.REGION);
            if (filter.matches(record.json())) {
                lanes.get(Math.floorMod(record.key().hashCode(), lanes.size())).add(record);
            }
        }
        if (page.nextShardIterator() == null) {
            iterators.remove(shard);
            finished.add(shard);
        } else {
            iterators.put(shard, page.nextShardIterator());
        }
    }

    private void deliver(BlockingQueue<StreamRecord> lane) throws InterruptedException {
        var batch = new ArrayList<>(List.of(lane.take()));
        var end = System.nanoTime() + window.toNanos();
        var next = batch.get(0);
        while (next != null && batch.size() < batchSize) {
            next = lane.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next != null) {
                batch.add(next);
            }
        }
        delivery.deliver(batch);
    }

    private List<Shard> shards() {
        return dynamo.streams()
                .describeStream(describe -> describe.streamArn(stream))
                .streamDescription()
                .shards();
    }

    private String first(String shard) {
        return dynamo.streams()
                .getShardIterator(
                        get -> get.streamArn(stream).shardId(shard).shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                .shardIterator();
    }

    private static String parent(Shard shard) {
        return shard.parentShardId() == null ? "" : shard.parentShardId();
    }
}
