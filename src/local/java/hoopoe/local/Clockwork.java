package hoopoe.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import hoopoe.local.dynamo.LocalDynamo;
import hoopoe.local.lambda.LocalFunction;
import hoopoe.local.lambda.Outcome;
import hoopoe.local.template.ScheduleDefinition;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** EventBridge for one function: calls it again and again, and when asked, one call after the other. */
final class Clockwork implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final LocalFunction function;
    private final ScheduleDefinition schedule;
    private final Consumer<String> log;
    private final Clock clock;
    private final ScheduledThreadPoolExecutor thread;

    /** @param every zero for only when asked */
    Clockwork(LocalFunction function, ScheduleDefinition schedule, Duration every, Consumer<String> log, Clock clock) {
        this.function = function;
        this.schedule = schedule;
        this.log = log;
        this.clock = clock;
        this.thread = new ScheduledThreadPoolExecutor(1, work -> {
            var worker = new Thread(work, "clock-" + function.name());
            worker.setDaemon(true);
            return worker;
        });
        if (!every.isZero()) {
            next(every, every);
        }
    }

    CompletableFuture<Outcome> tick() {
        return CompletableFuture.supplyAsync(this::once, thread);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    /** A function that failed, and perhaps cannot start at all, is left alone for longer. */
    private void next(Duration wait, Duration every) {
        thread.schedule(
                () -> next(once() instanceof Outcome.Failed ? every.multipliedBy(10) : every, every),
                wait.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** The stack's function ends every invocation, at the latest when it is closed; so this ends too. */
    private Outcome once() {
        var outcome = function.invoke(event()).join();
        if (outcome instanceof Outcome.Failed) {
            log.accept("tick of " + function.name() + ": " + outcome);
        }
        return outcome;
    }

    private byte[] event() {
        if (schedule.input() != null) {
            return schedule.input().getBytes(StandardCharsets.UTF_8);
        }
        var scheduler = schedule.source().equals("aws.scheduler");
        var event = JSON.createObjectNode();
        event.put("version", "0");
        event.put("id", UUID.randomUUID().toString());
        event.put("detail-type", "Scheduled Event");
        event.put("source", schedule.source());
        event.put("account", "000000000000");
        event.put("time", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        event.put("region", LocalDynamo.REGION);
        event.set("resources", JSON.valueToTree(List.of("arn:aws:local:schedule/" + function.name())));
        if (scheduler) {
            event.put("detail", "{}");
        } else {
            event.putObject("detail");
        }
        try {
            return JSON.writeValueAsBytes(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
