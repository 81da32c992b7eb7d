package hoopoe.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** When an operator is alarmed, and why: all of {@code infra/alarms.yaml}. */
class AlarmPolicyTest {

    private static final String OURS = "ours";
    private static final String LAMBDA = "AWS/Lambda";
    private static final String QUIET = "notBreaching";
    private static final Documents TEMPLATES = Documents.ours();
    private static final Map<String, JsonNode> ALARMS = TEMPLATES.resources("alarms", "AWS::CloudWatch::Alarm");

    /** Others, as percentiles or units, would say what is not compared here. */
    private static final List<String> KNOWN = List.of(
            "AlarmDescription",
            "AlarmActions",
            "OKActions",
            "Namespace",
            "MetricName",
            "Metrics",
            "Dimensions",
            "Statistic",
            "ComparisonOperator",
            "Threshold",
            "Period",
            "EvaluationPeriods",
            "DatapointsToAlarm",
            "TreatMissingData");

    /**
     * @param when statistic, comparison and threshold
     * @param within how many periods of how many, and their length in seconds
     * @param missing what it means that nothing is told
     */
    private record Alarm(
            String name, String namespace, String metric, String when, String within, String missing, String because) {

        @Override
        public String toString() {
            return name + ": " + because;
        }
    }

    static Stream<Alarm> alarms() {
        return Stream.concat(
                Stream.of(
                        new Alarm(
                                "Unconfirmed",
                                OURS,
                                "MessagesUnconfirmed",
                                "Sum > 0",
                                "1 of 1 x 300",
                                QUIET,
                                "each may be a message that nobody got"),
                        new Alarm(
                                "Orphans",
                                OURS,
                                "OrphanEvents",
                                "Sum > 0",
                                "1 of 1 x 3600",
                                QUIET,
                                "who uses the account beside us does it for long: once an hour is told enough"),
                        new Alarm(
                                "InboxAside",
                                OURS,
                                "InboxAside",
                                "Sum > 0",
                                "1 of 1 x 300",
                                QUIET,
                                "each holds messages that are gone at the provider, and nobody sees them"),
                        new Alarm(
                                "ProviderErrors",
                                OURS,
                                "ProviderErrors",
                                "Sum > 4",
                                "2 of 2 x 300",
                                QUIET,
                                "a lost call is everyday life, ten minutes of them are not"),
                        new Alarm(
                                "AccountRefusals",
                                OURS,
                                "AccountRefusals",
                                "Sum > 0",
                                "1 of 1 x 900",
                                QUIET,
                                "nothing is sent until somebody mends it; what waits is tried every five minutes"),
                        new Alarm(
                                "LowCredit",
                                OURS,
                                "Credit",
                                "Minimum < CreditLow",
                                "1 of 2 x 3600",
                                "ignore",
                                "it is asked for about hourly; an hour without an answer buys nothing"),
                        new Alarm(
                                "DueLag",
                                OURS,
                                "DueLag",
                                "Maximum > 300",
                                "5 of 5 x 60",
                                "breaching",
                                "every tick tells of it, so five silent minutes are five without a tick"),
                        new Alarm(
                                "PublishLag",
                                OURS,
                                "PublishLag",
                                "Maximum > 120",
                                "2 of 2 x 300",
                                QUIET,
                                "callers learn late what became of messages; no calls are no lag"),
                        new Alarm(
                                "WebhooksDisabled",
                                OURS,
                                "WebhooksDisabled",
                                "Sum > 0",
                                "1 of 1 x 300",
                                QUIET,
                                "a caller is not told of anything there any more"),
                        new Alarm(
                                "WebhookAge",
                                "AWS/SQS",
                                "ApproximateAgeOfOldestMessage",
                                "Maximum > 600",
                                "1 of 1 x 300",
                                QUIET,
                                "what an endpoint does not take leaves the queue: so the functions do not keep up"),
                        new Alarm(
                                "Unposted",
                                "AWS/SQS",
                                "ApproximateNumberOfMessagesVisible",
                                "Maximum > 0",
                                "1 of 1 x 300",
                                QUIET,
                                "each is an event that our function failed with five times"),
                        new Alarm(
                                "InternalErrors",
                                OURS,
                                "InternalErrors",
                                "Sum > 0",
                                "1 of 1 x 300",
                                QUIET,
                                "each is a fault of ours that Lambda does not see, since it was caught"),
                        new Alarm(
                                "Undone",
                                "AWS/SQS",
                                "ApproximateNumberOfMessagesVisible",
                                "Maximum > 0",
                                "1 of 1 x 300",
                                QUIET,
                                "what lies there was given up"),
                        new Alarm(
                                "ApiErrors",
                                "AWS/ApiGateway",
                                "100 * errors / calls",
                                "Sum > 5",
                                "2 of 3 x 300",
                                QUIET,
                                "a provider that is away is 502 or 503 and has an alarm; a part of all calls is something else"),
                        new Alarm(
                                "CallsRefused",
                                OURS,
                                "CallsRefused",
                                "Sum > 100",
                                "1 of 1 x 300",
                                QUIET,
                                "a caller with an old key does it once a call, who tries keys does nothing else"),
                        new Alarm(
                                "TableThrottles",
                                "AWS/DynamoDB",
                                "SUM(METRICS())",
                                "Sum > 10",
                                "1 of 1 x 300",
                                QUIET,
                                "each is tried again; ten in five minutes are a table or an index that does not keep up"),
                        new Alarm(
                                "StreamLag",
                                LAMBDA,
                                "IteratorAge",
                                "Maximum > 60000",
                                "5 of 5 x 60",
                                QUIET,
                                "a minute behind, and not catching up; the clock steps in after two")),
                TEMPLATES.functions().keySet().stream()
                        .map(function -> function.replace("Function", ""))
                        .flatMap(AlarmPolicyTest::ofFunction));
    }

    private static Stream<Alarm> ofFunction(String name) {
        return Stream.of(
                new Alarm(
                        name + "Errors",
                        LAMBDA,
                        "Errors",
                        "Sum > 0",
                        "1 of 1 x 300",
                        QUIET,
                        "a function that works answers its failures, so it did not start, or ran out of time or memory"),
                new Alarm(
                        name + "Throttles",
                        LAMBDA,
                        "Throttles",
                        "Sum > 0",
                        "1 of 1 x 300",
                        QUIET,
                        "a call that Lambda refuses is one that we meant to have room for"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("alarms")
    void rings(Alarm alarm) {
        var found = ALARMS.get(alarm.name());

        assertThat(found).as(alarm.name()).isNotNull();
        assertThat(new Alarm(
                        alarm.name(),
                        namespace(found),
                        metric(found),
                        when(found),
                        within(found),
                        found.path("TreatMissingData").asText(),
                        alarm.because()))
                .isEqualTo(alarm);
    }

    @Test
    void allAreHere() {
        assertThat(ALARMS.keySet())
                .containsExactlyInAnyOrderElementsOf(alarms().map(Alarm::name).toList());
        assertThat(ALARMS.values())
                .allSatisfy(alarm -> assertThat(alarm.fieldNames()).toIterable().isSubsetOf(KNOWN));
    }

    @Test
    void creditIsLowBelowTheSameNumberEverywhere() {
        assertThat(Stream.of("template", "alarms")
                        .map(file -> TEMPLATES.at("/" + file + "/Parameters/CreditLow/Default"))
                        .map(JsonNode::asInt)
                        .collect(Collectors.toSet()))
                .containsExactly(100);
        assertThat(TEMPLATES.has(
                        "/template/Resources/Alarms/Properties/Parameters/CreditLow", Practice.ref("CreditLow")))
                .isTrue();
    }

    /** An expression's is the one of all that it is made of. */
    private static String namespace(JsonNode alarm) {
        var name = alarm.has("Metrics")
                ? one(alarm.path("Metrics"), "Namespace")
                : alarm.path("Namespace").asText();
        return name.startsWith("AWS/") ? name : OURS;
    }

    private static String metric(JsonNode alarm) {
        return alarm.has("Metrics")
                ? one(alarm.path("Metrics"), "Expression")
                : alarm.path("MetricName").asText();
    }

    private static String one(JsonNode metrics, String field) {
        assertThat(Set.copyOf(metrics.findValuesAsText(field))).hasSize(1);
        return metrics.findValuesAsText(field).get(0);
    }

    private static String when(JsonNode alarm) {
        var threshold = alarm.path("Threshold");
        return (alarm.has("Metrics")
                        ? one(alarm.path("Metrics"), "Stat")
                        : alarm.path("Statistic").asText())
                + switch (alarm.path("ComparisonOperator").asText()) {
                    case "GreaterThanThreshold" -> " > ";
                    case "LessThanThreshold" -> " < ";
                    default -> " ? ";
                }
                + (threshold.isNumber()
                        ? threshold.asText()
                        : threshold.path("Ref").asText());
    }

    private static String within(JsonNode alarm) {
        var periods = alarm.path("EvaluationPeriods").asInt();
        return alarm.path("DatapointsToAlarm").asInt(periods) + " of " + periods + " x "
                + (alarm.has("Metrics")
                        ? one(alarm.path("Metrics"), "Period")
                        : alarm.path("Period").asText());
    }
}
