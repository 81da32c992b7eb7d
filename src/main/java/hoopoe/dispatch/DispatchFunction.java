package hoopoe.dispatch;

import hoopoe.observability.SafeStackTrace;
import hoopoe.config.Timeouts;
import hoopoe.batch.sending.Round;
import hoopoe.dispatch.StreamBatch.Inserted;
import hoopoe.observability.Metrics;
import hoopoe.provider.Deadline;
import hoopoe.store.DispatchId;
import io.quarkus.funqy.Funq;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** The stream of the table: dispatches that were just created and that nobody has claimed. A hint; what it misses is due. */
@ApplicationScoped
public class DispatchFunction {

    private static final Logger LOG = Logger.getLogger(DispatchFunction.class);

    private final Round round;
    private final Timeouts timeouts;
    private final Metrics metrics;
    private final Clock clock;

    public DispatchFunction(Round round, Timeouts timeouts, Metrics metrics, Clock clock) {
        this.round = round;
        this.timeouts = timeouts;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Never throws: a record that cannot be looked after is handed over again, the others are not. */
    @Funq("dispatch")
    public StreamReply dispatch(StreamBatch batch) {
        var records = batch.inserted();
        var failed = send(records);
        return new StreamReply(records.stream()
                .filter(record -> record.dispatch().filter(failed::contains).isPresent())
                .map(record -> new StreamReply.Failure(record.sequenceNumber()))
                .toList());
    }

    private Set<DispatchId> send(List<Inserted> records) {
        var ids = records.stream()
                .map(Inserted::dispatch)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
        try {
            var failed = round.send(ids, Deadline.in(timeouts.function(), clock));
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
}
