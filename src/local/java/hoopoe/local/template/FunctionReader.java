package hoopoe.local.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One {@code AWS::Serverless::Function} with its values from {@code Globals} and its event sources. */
final class FunctionReader {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EXPORT = "QUARKUS_FUNQY_EXPORT";
    private static final String SCALING = "ScalingConfig";

    private final Deployment.Parameters parameters;
    private final JsonNode globals;
    private final JsonNode properties;
    private final List<RouteDefinition> routes = new ArrayList<>();
    private final List<ScheduleDefinition> schedules;
    private final List<StreamDefinition> streams;
    private final List<QueueDefinition> queues;

    /**
     * @param mappings the properties of its event source mappings, of streams and of the queue
     * @param schedules the properties of its schedules that are resources by themselves
     * @param queue the properties of the queue that mappings read
     */
    FunctionReader(
            Deployment.Parameters parameters,
            JsonNode globals,
            JsonNode properties,
            List<JsonNode> mappings,
            List<JsonNode> schedules,
            JsonNode queue) {
        this.parameters = parameters;
        this.globals = globals;
        this.properties = properties;
        this.schedules = new ArrayList<>(schedules.stream().map(this::schedule).toList());
        this.streams = mappings.stream()
                .filter(mapping -> !mapping.has(SCALING))
                .map(this::stream)
                .toList();
        this.queues = mappings.stream()
                .filter(mapping -> mapping.has(SCALING))
                .map(mapping -> queue(mapping, queue))
                .toList();
    }

    FunctionDefinition read() {
        var environment = environment();
        if (!environment.containsKey(EXPORT)) {
            throw new IllegalArgumentException("a function without " + EXPORT);
        }
        for (var event : properties.path("Events")) {
            read(event.path("Type").asText(), event.path("Properties"));
        }
        return new FunctionDefinition(
                environment.get(EXPORT),
                Duration.ofSeconds(number("Timeout", 3)),
                number("MemorySize", 128),
                environment,
                routes,
                schedules,
                streams,
                queues);
    }

    private Map<String, String> environment() {
        var all = new TreeMap<>(parameters.texts(globals.at("/Environment/Variables")));
        all.putAll(parameters.texts(properties.at("/Environment/Variables")));
        return all;
    }

    private int number(String name, int otherwise) {
        return properties.path(name).asInt(globals.path(name).asInt(otherwise));
    }

    private void read(String type, JsonNode event) {
        switch (type) {
            case "HttpApi" -> routes.add(route(event));
            case "Schedule", "ScheduleV2" -> schedules.add(schedule(type, event));
            default -> throw new IllegalArgumentException("event of type " + type);
        }
    }

    private static RouteDefinition route(JsonNode event) {
        return new RouteDefinition(
                event.path("Method").asText("ANY").toUpperCase(Locale.ROOT),
                event.path("Path").asText("$default"),
                event.at("/Auth/Authorizer").asText().equals("NONE"));
    }

    private ScheduleDefinition schedule(JsonNode schedule) {
        return new ScheduleDefinition(
                schedule.path("ScheduleExpression").asText(),
                "aws.scheduler",
                input(schedule.path("Target").path("Input")));
    }

    private ScheduleDefinition schedule(String type, JsonNode event) {
        var second = type.equals("ScheduleV2");
        return new ScheduleDefinition(
                event.path(second ? "ScheduleExpression" : "Schedule").asText(),
                second ? "aws.scheduler" : "aws.events",
                input(event.path("Input")));
    }

    private @Nullable String input(JsonNode input) {
        return input.isMissingNode() || input.isNull() ? null : Objects.requireNonNull(parameters.text(input));
    }

    /** Defaults are those of Lambda's event source mapping, but that its endless retries are ten here. */
    private StreamDefinition stream(JsonNode event) {
        var filters = new ArrayList<JsonNode>();
        for (var filter : event.at("/FilterCriteria/Filters")) {
            filters.add(json(filter.path("Pattern").asText()));
        }
        return new StreamDefinition(
                filters,
                event.path("BatchSize").asInt(100),
                Duration.ofSeconds(event.path("MaximumBatchingWindowInSeconds").asInt()),
                parallelization(event.path("ParallelizationFactor")),
                event.path("MaximumRetryAttempts").asInt(10),
                Duration.ofSeconds(event.path("MaximumRecordAgeInSeconds").asInt(86_400)),
                event.path("FunctionResponseTypes").toString().contains("ReportBatchItemFailures"),
                event.path("BisectBatchOnFunctionError").asBoolean());
    }

    /** Only the mapping of a queue says how many functions it calls at once. Defaults are those of Lambda and SQS, but that ten calls at once are the most here. */
    private static QueueDefinition queue(JsonNode mapping, JsonNode queue) {
        return new QueueDefinition(
                mapping.path("BatchSize").asInt(10),
                mapping.at("/" + SCALING + "/MaximumConcurrency").asInt(10),
                mapping.path("FunctionResponseTypes").toString().contains("ReportBatchItemFailures"),
                Duration.ofSeconds(queue.path("VisibilityTimeout").asInt(30)),
                queue.at("/RedrivePolicy/maxReceiveCount").asInt(10));
    }

    private int parallelization(JsonNode factor) {
        var text = factor.isMissingNode() ? null : parameters.text(factor);
        return text == null ? 1 : Integer.parseInt(text);
    }

    private static JsonNode json(String pattern) {
        try {
            return JSON.readTree(pattern);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a stream filter that is not JSON", e);
        }
    }
}
