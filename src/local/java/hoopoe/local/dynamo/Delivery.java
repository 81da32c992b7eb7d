package hoopoe.local.dynamo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hoopoe.local.template.StreamDefinition;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Hands one batch of records to the function, again and again, until all are done with or given up.
 *
 * <p>As Lambda does it: a whole batch that failed is halved where the mapping says so (which costs no retry), else tried again;
 * of reported item failures the first in order decides from where. Reported names that are empty or unknown make the whole
 * batch fail. Retries are counted anew once the head of a batch has got through.
 */
final class Delivery {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final StreamDefinition mapping;
    private final StreamPump.Target target;
    private final Consumer<StreamRecord> givenUp;
    private final Clock clock;

    Delivery(StreamDefinition mapping, StreamPump.Target target, Consumer<StreamRecord> givenUp, Clock clock) {
        this.mapping = mapping;
        this.target = target;
        this.givenUp = givenUp;
        this.clock = clock;
    }

    void deliver(List<StreamRecord> batch) throws InterruptedException {
        var rest = batch;
        for (var failures = 0; !rest.isEmpty(); ) {
            var done = invoke(rest);
            if (done == 0 && rest.size() > 1 && mapping.bisect()) {
                deliver(rest.subList(0, rest.size() / 2));
                rest = rest.subList(rest.size() / 2, rest.size());
                failures = 0;
                continue;
            }
            failures = done > 0 ? 1 : failures + 1;
            rest = young(rest.subList(done, rest.size()));
            if (failures > mapping.retries()) {
                rest.forEach(givenUp);
                return;
            }
            if (!rest.isEmpty()) {
                Thread.sleep(Math.min(5_000, 100L << Math.min(failures, 8)));
            }
        }
    }

    /** @return how many records from the head are done with */
    private int invoke(List<StreamRecord> batch) throws InterruptedException {
        var answer = target.invoke(event(batch));
        if (answer.isEmpty()) {
            return 0;
        }
        return mapping.itemFailures() ? firstFailure(batch, answer.get()) : batch.size();
    }

    private static int firstFailure(List<StreamRecord> batch, byte[] answer) {
        var failed = failed(answer);
        if (failed.isEmpty()) {
            return batch.size();
        }
        var sequences = batch.stream().map(StreamRecord::sequence).toList();
        return sequences.containsAll(failed)
                ? failed.stream().mapToInt(sequences::indexOf).min().orElse(0)
                : 0;
    }

    /** <code>{"batchItemFailures": [{"itemIdentifier": "…"}]}</code>; nothing, null and an empty list are success. */
    private static Set<String> failed(byte[] answer) {
        var failed = new TreeSet<String>();
        try {
            var json = answer.length == 0 ? JSON.nullNode() : JSON.readTree(answer);
            for (var item : json.path("batchItemFailures")) {
                failed.add(item.path("itemIdentifier").asText(""));
            }
        } catch (IOException e) { // Lambda takes what it cannot read for a failure of the whole batch
            failed.add("");
        }
        return failed;
    }

    private List<StreamRecord> young(List<StreamRecord> batch) {
        var oldest = clock.instant().minus(mapping.maxAge());
        var young = new ArrayList<StreamRecord>();
        batch.forEach(record ->
                (record.created().isBefore(oldest) ? givenUp : (Consumer<StreamRecord>) young::add).accept(record));
        return young;
    }

    private static byte[] event(List<StreamRecord> batch) {
        var event = JSON.createObjectNode();
        batch.stream().map(StreamRecord::json).forEach(event.putArray("Records")::add);
        try {
            return JSON.writeValueAsBytes((JsonNode) event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
