package hoopoe.local.lambda;

import hoopoe.local.dynamo.LocalDynamo;
import hoopoe.local.template.FunctionDefinition;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * One Lambda function: the events that wait, and the environments that take them, started when no other is idle. One
 * difference from Lambda: it refuses events above the function's limit of environments; here they wait.
 */
public final class LocalFunction implements Environment.Owner, AutoCloseable {

    private static final int MOST_JVM = 4;
    private static final int MOST_NATIVE = 50;

    private final FunctionDefinition definition;
    private final Artifact artifact;
    private final Launch launch;
    private final int most;
    private final Workers workers;
    private final Deque<Invocation> waiting = new ArrayDeque<>();
    private final Deque<Environment> idle = new ArrayDeque<>();
    private final Set<Environment> alive = new LinkedHashSet<>();
    private final Set<Environment> starting = new LinkedHashSet<>();
    private int started;
    private boolean closed;

    /** @param settings environment variables beside those of the template; where both name one, these hold */
    public LocalFunction(
            FunctionDefinition definition, Artifact artifact, Map<String, String> settings, Workers workers) {
        this.definition = definition;
        this.artifact = artifact;
        this.workers = workers;
        this.most = artifact.isNative() ? MOST_NATIVE : MOST_JVM;
        this.launch = launch(definition, artifact, settings);
    }

    /** How a process of it is started: with Lambda's variables, then the template's, then the given ones. */
    public static Launch launch(FunctionDefinition definition, Artifact artifact, Map<String, String> settings) {
        var variables = new TreeMap<>(lambda(definition, artifact));
        variables.putAll(definition.environment());
        variables.putAll(settings);
        return new Launch(definition.export(), artifact.root(), artifact.command(), variables);
    }

    /** The export. */
    public String name() {
        return definition.export();
    }

    /**
     * Gives the function an event, at once or when an environment is free.
     *
     * @param event JSON
     */
    public synchronized CompletableFuture<Outcome> invoke(byte[] event) {
        var invocation = new Invocation(event);
        if (closed) {
            invocation.end(new Outcome.Failed("Runtime.ExitError", "the stack is closed"));
        } else {
            waiting.add(invocation);
            work();
        }
        return invocation.outcome();
    }

    /** Process ids of the environments, those that start included. */
    public synchronized List<Long> environments() {
        return alive.stream().map(Environment::pid).toList();
    }

    /**
     * Kills all environments in the middle of their work, like a crash. Returns when they are gone; waiting events get new ones.
     *
     * @return how many there were
     */
    public int kill() {
        List<Environment> victims;
        synchronized (this) {
            victims = new ArrayList<>(alive);
        }
        victims.forEach(Environment::kill);
        return victims.size();
    }

    /**
     * Stores the classes of an environment, if there is one and they are not stored yet, so that those of later stacks start
     * sooner.
     *
     * @return whether they are there now
     */
    public boolean leaveClasses() {
        var archive = artifact.classes();
        var some = environments().stream().findFirst();
        if (!artifact.isNative() && !archive.isThere() && some.isPresent()) {
            try {
                archive.write(some.get());
            } catch (IOException e) {
                workers.log().accept(name() + " | (no class archive: " + e.getMessage() + ")");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return artifact.isNative() || archive.isThere();
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            waiting.forEach(invocation -> invocation.end(new Outcome.Failed("Runtime.ExitError", "the stack closes")));
            waiting.clear();
        }
        kill();
    }

    @Override
    public synchronized void idle(Environment environment) {
        starting.remove(environment);
        idle.push(environment);
        work();
    }

    @Override
    public synchronized void ended(Environment environment, Outcome.Failed why) {
        alive.remove(environment);
        idle.remove(environment);
        var neverReady = starting.remove(environment);
        if (neverReady && !environment.killed() && !waiting.isEmpty()) {
            waiting.remove().end(why); // or a function that cannot start would be started for ever
        }
        if (!closed) {
            work();
        }
    }

    private void work() {
        while (!waiting.isEmpty() && !idle.isEmpty()) {
            if (idle.pop().hand(waiting.element())) {
                waiting.remove();
            }
        }
        while (starting.size() < waiting.size() && alive.size() < most) {
            start();
        }
    }

    private void start() {
        started++;
        var environment = new Environment(name() + "-" + started, launch, definition.timeout(), this, workers);
        alive.add(environment);
        starting.add(environment);
    }

    /** The variables that Lambda itself sets. The credentials contain the function's name, so that the table knows which function calls. */
    private static Map<String, String> lambda(FunctionDefinition definition, Artifact artifact) {
        return Map.ofEntries(
                Map.entry("AWS_ACCESS_KEY_ID", definition.export()),
                Map.entry("AWS_SECRET_ACCESS_KEY", LocalDynamo.CREDENTIAL),
                Map.entry("AWS_SESSION_TOKEN", LocalDynamo.CREDENTIAL),
                Map.entry("AWS_REGION", LocalDynamo.REGION),
                Map.entry("AWS_LAMBDA_FUNCTION_NAME", definition.export()),
                Map.entry("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
                Map.entry("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(definition.memory())),
                Map.entry("LAMBDA_TASK_ROOT", artifact.root().toString()),
                Map.entry("LANG", "C.UTF-8"),
                Map.entry("TZ", ":UTC"));
    }
}
