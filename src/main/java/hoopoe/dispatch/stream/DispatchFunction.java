package hoopoe.dispatch.stream;

import com.fasterxml.jackson.annotation.JsonProperty;
import hoopoe.config.Timeouts;
import hoopoe.dispatch.DispatchId;
import hoopoe.dispatch.send.DispatchRound;
import hoopoe.observability.Metrics;
import hoopoe.observability.SafeStackTrace;
import hoopoe.provider.Deadline;
import hoopoe.store.StreamEvent;
import hoopoe.store.StreamEvent.StreamRecord;
import io.quarkus.funqy.Funq;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Sends new dispatches that are not claimed, from the table's stream. A hint: what the stream misses, the tick finds due. */
@ApplicationScoped
public class DispatchFunction {

    private static final Logger LOG = Logger.getLogger(DispatchFunction.class);

    private final DispatchRound dispatchRound;
    private final Timeouts timeouts;
    private final Metrics metrics;
    private final Clock clock;

    public DispatchFunction(DispatchRound dispatchRound, Timeouts timeouts, Metrics metrics, Clock clock) {
        this.dispatchRound = dispatchRound;
        this.timeouts = timeouts;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Never throws: the stream repeats only records that could not be processed. */
    @Funq("dispatch")
    public StreamEventResponse dispatch(StreamEvent batch) {
        var records = batch.all();
        var failed = send(records);
        return new StreamEventResponse(records.stream()
                .filter(record -> record.dispatch().filter(failed::contains).isPresent())
                .map(record -> new BatchItemFailure(record.sequenceNumber()))
                .toList());
    }

    private Set<DispatchId> send(List<StreamRecord> records) {
        var ids = records.stream()
                .map(StreamRecord::dispatch)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
        try {
            var failed = dispatchRound.send(ids, Deadline.in(timeouts.function(), clock));
            metrics.internal(failed.size());
            return failed;
        } catch (RuntimeException | VirtualMachineError e) {
            metrics.internal(1);
            LOG.errorf("no dispatch of these could be looked after: %s", SafeStackTrace.of(e));
            return ids;
        } finally {
            metrics.flush();
        }
    }

    /** The records that the stream shall deliver again; none where all were processed. */
    @RegisterForReflection
    record StreamEventResponse(
            @JsonProperty("batchItemFailures") List<BatchItemFailure> failures) {}

    /** @param record its sequence number */
    @RegisterForReflection
    record BatchItemFailure(@JsonProperty("itemIdentifier") String record) {}
}
