package hoopoe.local.lambda;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One execution environment: a process that asks its Runtime API for events. It is given one at a time and is killed when one
 * takes longer than the function may.
 */
final class Environment implements RuntimeApi.Handler {

    /** The function that the environment belongs to. */
    interface Owner {

        /** It waits for an event. */
        void idle(Environment environment);

        /** It is gone. */
        void ended(Environment environment, Outcome.Failed why);
    }

    private final String name;
    private final Duration timeout;
    private final Owner owner;
    private final Workers workers;
    private final RuntimeApi api;
    private final Process process;

    private CompletableFuture<RuntimeApi.Next> next = new CompletableFuture<>();
    private @Nullable Invocation running;
    private long began;
    private @Nullable Outcome answer;
    private @Nullable Future<?> timer;
    private Outcome.@Nullable Failed death;
    private boolean killed;

    Environment(String name, Launch launch, Duration timeout, Owner owner, Workers workers) {
        this.name = name;
        this.timeout = timeout;
        this.owner = owner;
        this.workers = workers;
        this.api = new RuntimeApi(launch.function(), this, workers.threads());
        try {
            process = launch.process(api.address()).redirectErrorStream(true).start();
        } catch (IOException e) {
            api.close();
            throw new UncheckedIOException(e);
        }
        workers.threads().execute(this::copyLog);
        process.onExit().thenRunAsync(this::exited, workers.threads());
    }

    long pid() {
        return process.pid();
    }

    /** @return false where the environment, which had said that it is idle, is gone */
    synchronized boolean hand(Invocation invocation) {
        if (death != null) {
            return false;
        }
        running = invocation;
        began = System.nanoTime();
        timer = workers.clock().schedule(() -> timeOut(invocation), timeout.toMillis(), TimeUnit.MILLISECONDS);
        next.complete(new RuntimeApi.Next(invocation, Instant.now().plus(timeout)));
        return true;
    }

    /** Kills the process in the middle of its work, like a crash. Returns when it is gone. */
    void kill() {
        synchronized (this) {
            killed = true;
            die(new Outcome.Failed("Runtime.ExitError", "killed"));
        }
        process.destroyForcibly();
        process.onExit().join();
    }

    synchronized boolean killed() {
        return killed;
    }

    /** Only now does the last event count as done: a listener that gets its outcome finds the environment idle. */
    @Override
    public RuntimeApi.Next next() throws InterruptedException {
        var awaited = new CompletableFuture<RuntimeApi.Next>();
        Runnable report;
        synchronized (this) {
            next = awaited;
            report = finish(new Outcome.Failed("Runtime.ExitError", "no answer"));
        }
        owner.idle(this);
        report.run();
        try {
            return awaited.get();
        } catch (ExecutionException e) {
            throw new InterruptedException(name + " is gone");
        }
    }

    @Override
    public synchronized boolean ended(String id, Outcome outcome) {
        if (running == null || answer != null || !running.id().equals(id)) {
            return false;
        }
        answer = outcome;
        return true;
    }

    @Override
    public void initFailed(Outcome.Failed error) {
        die(error);
    }

    private void timeOut(Invocation invocation) {
        synchronized (this) {
            if (running != invocation) {
                return;
            }
            die(new Outcome.Failed("Sandbox.Timedout", "Task timed out after " + timeout.toSeconds() + " seconds"));
        }
        process.destroyForcibly();
    }

    private void exited() {
        api.close();
        var why = die(new Outcome.Failed("Runtime.ExitError", "exit status " + process.exitValue()));
        Runnable report;
        synchronized (this) {
            next.completeExceptionally(new IllegalStateException(name + " is gone"));
            report = finish(why);
        }
        owner.ended(this, why);
        report.run();
    }

    /** The first cause is the one that counts. */
    private synchronized Outcome.Failed die(Outcome.Failed why) {
        if (death == null) {
            death = why;
        }
        return death;
    }

    private Runnable finish(Outcome otherwise) {
        var invocation = running;
        if (invocation == null) {
            return () -> {};
        }
        var outcome = answer == null ? otherwise : answer;
        workers.log().accept(name + " | " + report(invocation));
        running = null;
        answer = null;
        if (timer != null) {
            timer.cancel(false);
        }
        return () -> invocation.end(outcome);
    }

    /** As Lambda tells it ("Lambda telemetry event schema", AWS Lambda Developer Guide), where LogFormat is JSON. */
    private String report(Invocation invocation) {
        return "{\"time\":\"%s\",\"type\":\"platform.report\",\"record\":{\"requestId\":\"%s\",\"metrics\":{\"durationMs\":%s}}}"
                .formatted(Instant.now(), invocation.id(), (System.nanoTime() - began) / 1000 / 1000.0);
    }

    private void copyLog() {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                workers.log().accept(name + " | " + line);
            }
        } catch (IOException e) { // how a pipe can end when its process is killed
            workers.log().accept(name + " | (the log ends: " + e.getMessage() + ")");
        }
    }
}
