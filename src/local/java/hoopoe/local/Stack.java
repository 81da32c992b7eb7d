package hoopoe.local;

import hoopoe.local.bus.LocalBus;
import hoopoe.local.dynamo.LocalDynamo;
import hoopoe.local.dynamo.StreamPump;
import hoopoe.local.gateway.Gateway;
import hoopoe.local.iam.Arn;
import hoopoe.local.iam.Policies;
import hoopoe.local.lambda.Artifact;
import hoopoe.local.lambda.LocalFunction;
import hoopoe.local.lambda.Outcome;
import hoopoe.local.lambda.Workers;
import hoopoe.local.queue.LocalQueue;
import hoopoe.local.queue.QueuePump;
import hoopoe.local.secrets.LocalSecrets;
import hoopoe.local.template.FunctionDefinition;
import hoopoe.local.template.Template;
import hoopoe.local.template.ThrottleDefinition;
import hoopoe.local.webhook.WebhookReceiver;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * The packaged artifact behind the routes, schedules and stream mapping of {@code template.yaml}, with DynamoDB Local, a Secrets
 * Manager that has the accounts' credentials, a bus, a receiver of webhooks, and provider simulators, all on the loopback address. Each has a table of its own; any number run side by side.
 */
public final class Stack implements AutoCloseable {

    private static final String PREFIX = "HOOPOE_SECRETS_PREFIX";

    private final LocalDynamo dynamo;
    private final String table;
    private final Policies policies;
    private final LocalSecrets secrets;
    /** The secret that the template makes. */
    private static final String NUMBER_KEYS = "number-keys";

    private final String secretsPrefix;
    private final LocalBus bus;
    private final String busName;
    private final WebhookReceiver receiver;
    private final Workers workers;
    private final Optional<LocalQueue> queue;
    private final Gateway gateway;
    /** Closes the parts that were opened, the last one first. */
    private final Deque<Runnable> opened = new ArrayDeque<>();

    private final List<Simulator> simulators = new ArrayList<>();
    private final Map<String, LocalFunction> functions = new LinkedHashMap<>();
    /** By function, as many as it has schedules. */
    private final Map<String, List<Clockwork>> clockworks = new LinkedHashMap<>();

    private final ConcurrentLinkedQueue<String> log = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> givenUp = new ConcurrentLinkedQueue<>();

    private Stack(Builder builder) {
        try {
            var template = Template.read(builder.template, builder.parameters);
            var artifact = Artifact.unpack(builder.artifact);
            dynamo = LocalDynamo.shared();
            table = dynamo.createTable();
            opened.push(() -> dynamo.deleteTable(table));
            secretsPrefix = builder.variables.getOrDefault(PREFIX, template.parameter("SecretsPrefix"));
            LocalKeys.into(dynamo.client(), table, builder.clock);
            busName = template.parameter("EventBus").replaceFirst("^new$", "local-events");
            policies = Policies.read(
                    builder.template,
                    builder.parameters,
                    Map.of(
                            "Data.Outputs.TableArn", Arn.table(table),
                            "Events.Outputs.BusArn", Arn.bus(busName),
                            "Data.Outputs.NumberKeysArn", Arn.secret(NUMBER_KEYS),
                            "Events.Outputs.WebhooksArn", Arn.queue("webhooks"),
                            "SecretsPrefix", secretsPrefix));
            dynamo.guard(table, policies);
            workers = Workers.start(line -> {
                log.add(line);
                builder.log.accept(line);
            });
            opened.push(workers::close);
            secrets = LocalSecrets.start(builder.secretsPort, policies);
            opened.push(secrets::close);
            bus = LocalBus.start(builder.busPort, policies);
            opened.push(bus::close);
            receiver = WebhookReceiver.start(builder.receiverPort);
            opened.push(receiver::close);
            queue = template.functions().stream()
                    .flatMap(function -> function.queues().stream())
                    .findFirst()
                    .map(mapping -> LocalQueue.start(mapping, 0, policies));
            queue.ifPresent(started -> opened.push(started::close));
            gateway = new Gateway(
                    template.functions(),
                    template.authorizer(),
                    builder.limited ? template.throttle() : builder.limits,
                    new Behind(),
                    builder.port,
                    builder.timeout,
                    builder.clock,
                    workers.log());
            opened.push(gateway::close);
            builder.simulators.forEach(start -> add(start.start(gateway.url(), builder.variables)));
            var variables = variables(builder);
            template.functions().forEach(definition -> add(definition, artifact, variables));
            if (builder.leavesClasses) {
                opened.push(() -> functions.values().stream().anyMatch(LocalFunction::leaveClasses));
            }
            template.functions().forEach(definition -> drive(definition, builder));
            gateway.start();
            opened.push(gateway::close); // before all others, which its calls need
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /**
     * With an EVERY8D and the given settings ({@code hoopoe.…}, {@code quarkus.…}), on free ports, ticking only when asked.
     */
    public static Stack start(Map<String, String> settings) {
        return builder().simulator(Every8d.on(0)).settings(settings).start();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Where the API answers, without a slash at its end. */
    public URI url() {
        return gateway.url();
    }

    /** Runs {@code poll} once for each of its schedules, after those that may be running. */
    public Outcome tick() throws InterruptedException {
        return await(new Behind().tick("poll"));
    }

    /**
     * Gives a function an event past the gateway.
     *
     * @param event JSON
     */
    public Outcome invoke(String function, byte[] event) throws InterruptedException {
        return await(function(function).invoke(event));
    }

    public LocalDynamo dynamo() {
        return dynamo;
    }

    /** The name of this stack's table. */
    public String table() {
        return table;
    }

    /** The template's, by which its functions get at the table and at secrets. */
    public Policies policies() {
        return policies;
    }

    /** Where the functions find the credentials of their accounts. */
    public LocalSecrets secrets() {
        return secrets;
    }

    /** Where functions put events, if the template's parameter {@code EventBus} says so. */
    public LocalBus bus() {
        return bus;
    }

    /** To be registered by a caller. */
    public WebhookReceiver receiver() {
        return receiver;
    }

    /** Where functions put events for webhooks, if the template has the queue. */
    public Optional<LocalQueue> queue() {
        return queue;
    }

    /** The name of an account's secret. */
    public String secret(String account) {
        return secretsPrefix + account;
    }

    /** In the order in which they were asked for. */
    public List<Simulator> simulators() {
        return List.copyOf(simulators);
    }

    /** @throws IllegalArgumentException where the stack was not made with one */
    public <T extends Simulator> T simulator(Class<T> type) {
        return simulators.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no " + type.getSimpleName()));
    }

    /** Process ids of all environments by function. */
    public Map<String, List<Long>> environments() {
        var environments = new TreeMap<String, List<Long>>();
        functions.forEach((name, function) -> environments.put(name, function.environments()));
        return environments;
    }

    /**
     * Kills a function's environments in the middle of their work, like a crash. Returns when they are gone.
     *
     * @return how many there were
     */
    public int kill(String function) {
        return function(function).kill();
    }

    /** The output of the environments so far; each line begins with the name of its environment. */
    public List<String> log() {
        return List.copyOf(log);
    }

    /** Stream records, as JSON, that {@code dispatch} could not process. */
    public List<String> givenUp() {
        return List.copyOf(givenUp);
    }

    @Override
    public synchronized void close() {
        while (!opened.isEmpty()) {
            opened.pop().run();
        }
    }

    private void add(Simulator simulator) {
        simulators.add(simulator);
        opened.push(simulator::close);
    }

    private void add(FunctionDefinition definition, Artifact artifact, Map<String, String> variables) {
        var function = new LocalFunction(definition, artifact, variables, workers);
        functions.put(definition.export(), function);
        opened.push(function::close);
    }

    /** Connects the function to its other callers: schedules and streams. */
    private void drive(FunctionDefinition definition, Builder builder) {
        var function = function(definition.export());
        for (var schedule : definition.schedules()) {
            var clockwork = new Clockwork(function, schedule, builder.every, workers.log(), builder.clock);
            clockworks
                    .computeIfAbsent(definition.export(), export -> new ArrayList<>())
                    .add(clockwork);
            opened.push(clockwork::close);
        }
        for (var mapping : definition.streams()) {
            var pump = StreamPump.start(
                    dynamo, table, mapping, event -> returned(function, event), givenUp::add, builder.clock);
            opened.push(pump::close);
        }
        for (var mapping : definition.queues()) {
            var pump = QueuePump.start(queue.orElseThrow(), mapping, event -> returned(function, event));
            opened.push(pump::close);
        }
    }

    private Optional<byte[]> returned(LocalFunction function, byte[] event) throws InterruptedException {
        var outcome = await(function.invoke(event));
        if (outcome instanceof Outcome.Returned returned) {
            return Optional.of(returned.body());
        }
        workers.log().accept("stream or queue to " + function.name() + ": " + outcome);
        return Optional.empty();
    }

    /** The stack's own settings, the simulators', and the given ones; later ones win. */
    private Map<String, String> variables(Builder builder) {
        var settings = new LinkedHashMap<String, String>();
        settings.put("hoopoe.store.table", table);
        settings.put("hoopoe.poll.first-check", "1s");
        settings.put("quarkus.dynamodb.endpoint-override", dynamo.endpoint().toString());
        settings.put("hoopoe.events.bus", busName);
        settings.put("hoopoe.events.endpoint", bus.url());
        queue.ifPresent(started -> settings.put("hoopoe.webhooks.queue", started.url()));
        settings.put("hoopoe.webhooks.loopback", "true");
        settings.put("hoopoe.timing.listeners", "1s");
        simulators.forEach(simulator -> settings.putAll(simulator.settings()));
        var variables = Settings.variables(settings);
        variables.putAll(builder.variables);
        if (!secretsPrefix.isEmpty()) {
            keep(variables);
        }
        return variables;
    }

    /** Moves the credentials to Secrets Manager: as in AWS, no environment has a secret. */
    private void keep(Map<String, String> variables) {
        SecretSettings.take(variables).forEach((account, secret) -> secrets.put(secret(account), secret));
        variables.put(PREFIX, secretsPrefix);
        secrets.put(NUMBER_KEYS, "{\"number_keys\": \"" + UUID.randomUUID() + "\"}");
        variables.putIfAbsent("HOOPOE_SEARCH_KEYRING", NUMBER_KEYS);
        variables.putIfAbsent("HOOPOE_SECRETS_ENDPOINT", secrets.url());
    }

    private LocalFunction function(String name) {
        var function = functions.get(name);
        if (function == null) {
            throw new IllegalArgumentException("no function " + name);
        }
        return function;
    }

    private static Outcome await(CompletableFuture<Outcome> outcome) throws InterruptedException {
        try {
            return outcome.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static Outcome worse(Outcome first, Outcome next) {
        return next instanceof Outcome.Returned ? first : next;
    }

    private final class Behind implements Gateway.Functions {

        @Override
        public CompletableFuture<Outcome> invoke(String function, byte[] event) {
            return function(function).invoke(event);
        }

        @Override
        public CompletableFuture<Outcome> tick(String function) {
            return clockworks.getOrDefault(function, List.of()).stream()
                    .map(Clockwork::tick)
                    .reduce((first, next) -> first.thenCombine(next, Stack::worse))
                    .orElseThrow(() -> new IllegalArgumentException(function + " is not on the clock"));
        }
    }

    /** The parts of a stack. The defaults are for tests. */
    public static final class Builder {

        private final Map<String, String> variables = new TreeMap<>();
        private final Map<String, String> parameters = new TreeMap<>();
        private final List<Simulator.Start> simulators = new ArrayList<>();
        private Clock clock = Clock.systemUTC();
        private Path template = Path.of("template.yaml");
        private Path artifact = Path.of("target", "function.zip");
        private Duration every = Duration.ZERO;
        private Duration timeout = Duration.ofSeconds(30);
        private Consumer<String> log = line -> {};
        private Optional<ThrottleDefinition> limits = Optional.empty();
        private boolean limited;
        private boolean leavesClasses = true;
        private int port;
        private int secretsPort;
        private int busPort;
        private int receiverPort;

        private Builder() {}

        /** Settings by their names ({@code hoopoe.…}, {@code quarkus.…}) or as environment variables. */
        public Builder settings(Map<String, String> settings) {
            variables.putAll(Settings.variables(settings));
            return this;
        }

        /** Adds a provider's simulator. */
        public Builder simulator(Simulator.Start start) {
            return simulators(List.of(start));
        }

        /** Adds providers' simulators. */
        public Builder simulators(List<Simulator.Start> starts) {
            simulators.addAll(starts);
            return this;
        }

        public Builder template(Path file) {
            template = file;
            return this;
        }

        /** Gives a parameter of the template a value in place of its default. */
        public Builder parameter(String name, String value) {
            parameters.put(name, value);
            return this;
        }

        /** {@code function.zip}, of a JVM or a native build. */
        public Builder artifact(Path file) {
            artifact = file;
            return this;
        }

        /** @param number 0 for any that is free */
        public Builder port(int number) {
            port = number;
            return this;
        }

        /** @param number of Secrets Manager; 0 for any that is free */
        public Builder secretsPort(int number) {
            secretsPort = number;
            return this;
        }

        /** @param number of the bus; 0 for any that is free */
        public Builder busPort(int number) {
            busPort = number;
            return this;
        }

        /** @param number of the receiver of webhooks; 0 for any that is free */
        public Builder receiverPort(int number) {
            receiverPort = number;
            return this;
        }

        /** @param pause between two ticks; zero for only when asked */
        public Builder every(Duration pause) {
            every = pause;
            return this;
        }

        /** The gateway's clock, by which it caches the authorizer's answers. Functions have their own. */
        public Builder clock(Clock other) {
            clock = other;
            return this;
        }

        /** How long the gateway waits for a function: 30 s in AWS. */
        public Builder timeout(Duration limit) {
            timeout = limit;
            return this;
        }

        /** How many calls the gateway lets through; without this, all. */
        public Builder limits(ThrottleDefinition other) {
            limits = Optional.of(other);
            return this;
        }

        /** As many calls as the template says, by the defaults of its parameters. */
        public Builder limited() {
            limited = true;
            return this;
        }

        /** For the last stack of a process: it closes at once, and does not store classes that let later stacks start sooner. */
        public Builder last() {
            leavesClasses = false;
            return this;
        }

        /** Takes the output of the environments, line by line. */
        public Builder log(Consumer<String> to) {
            log = to;
            return this;
        }

        public Stack start() {
            return new Stack(this);
        }
    }
}
