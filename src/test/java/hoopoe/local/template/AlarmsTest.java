package hoopoe.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hoopoe.observability.Metric;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Alarms and dashboard use metrics that exist: an alarm on a missing metric would not be noticed. */
class AlarmsTest {

    private static final String ALARM = "AWS::CloudWatch::Alarm";

    /** {@code SEARCH('{"${Namespace}",Account} MetricName="Credit"', …)} */
    private static final Pattern SEARCH =
            Pattern.compile("SEARCH\\('\\{\"\\$\\{Namespace}\",([\\w,]+)} MetricName=\"(\\w+)\"'.*");

    private final Documents templates = Documents.ours();
    private final Map<String, JsonNode> alarms = templates.resources("alarms", ALARM);
    private final JsonNode dashboard = CloudFormation.read(Path.of("infra", "dashboard.json"))
            .at("/Resources/Dashboard/Properties/DashboardBody/Fn::ToJsonString");

    private record Seen(String metric, Set<String> dimensions) {}

    @Test
    void alarmsAreForMetricsThatThereAre() {
        var seen = alarms.values().stream()
                .filter(alarm -> !alarm.has("Metrics") && isOurs(alarm.path("Namespace")))
                .map(alarm -> new Seen(
                        alarm.path("MetricName").asText(),
                        list(alarm.path("Dimensions"))
                                .map(dimension -> dimension.path("Name").asText())
                                .collect(Collectors.toSet())))
                .toList();

        assertThat(seen).isSubsetOf(told());
        assertThat(seen)
                .extracting(Seen::metric)
                .containsExactlyInAnyOrder(
                        "MessagesUnconfirmed",
                        "OrphanEvents",
                        "InboxAside",
                        "ProviderErrors",
                        "AccountRefusals",
                        "Credit",
                        "DueLag",
                        "PublishLag",
                        "WebhooksDisabled",
                        "InternalErrors",
                        "CallsRefused");
    }

    /** API Gateway counts all of 4xx together. */
    @Test
    void refusedCallsAreCountedOffTheAccessLog() {
        var filter = templates.resources("alarms", "AWS::Logs::MetricFilter").get("Refused");

        assertThat(filter.path("FilterPattern").asText()).isEqualTo("{ $.status = \"401\" || $.status = \"403\" }");
        assertThat(filter.at("/LogGroupName/Ref").asText()).isEqualTo("AccessLog");
        assertThat(templates
                        .at("/template/Resources/Alarms/Properties/Parameters/AccessLog/Ref")
                        .asText())
                .isEqualTo("AccessLog");
        assertThat(templates
                        .at("/template/Resources/Api/Properties/AccessLogSettings/Format")
                        .asText())
                .contains("\"status\":\"$context.status\"");
    }

    /** An index that does not keep up holds the table's writes back, and is counted by itself. */
    @Test
    void theTableIsWatchedWithItsIndexes() {
        var watched = list(alarms.get("TableThrottles").path("Metrics"))
                .map(metric -> metric.at("/MetricStat/Metric"))
                .filter(metric -> !metric.isMissingNode())
                .map(metric -> metric.path("MetricName").asText() + " of "
                        + list(metric.path("Dimensions"))
                                .map(dimension -> dimension.path("Value"))
                                .map(value -> value.path("Ref").asText(value.asText()))
                                .collect(Collectors.joining(" ")))
                .toList();
        var indexes = templates
                .at("/data/Resources/Table/Properties/GlobalSecondaryIndexes")
                .findValuesAsText("IndexName");

        assertThat(watched)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(Stream.of("Table"), indexes.stream().map("Table "::concat))
                                .flatMap(of -> Stream.of("ReadThrottleEvents of " + of, "WriteThrottleEvents of " + of))
                                .toList());
        assertThat(templates
                        .at("/template/Resources/Alarms/Properties/Parameters/Table/Fn::GetAtt")
                        .asText())
                .isEqualTo("Data.Outputs.TableName");
    }

    @Test
    void theDashboardShowsAllThatIsToldAndNothingElse() {
        var seen = metrics().flatMap(metric -> seen(metric).stream()).collect(Collectors.toSet());

        assertThat(seen).isSubsetOf(told());
        assertThat(seen.stream().map(Seen::metric))
                .containsAll(Arrays.stream(Metric.values()).map(Metric::label).toList());
        assertThat(seen).contains(new Seen("MessagesFailed", Set.of("Account", "Code")));
    }

    @Test
    void theDashboardIsOfTheSameNamespace() {
        assertThat(templates
                        .at("/alarms/Resources/Dashboard/Properties/Parameters/Namespace/Ref")
                        .asText())
                .isEqualTo("Namespace");
    }

    @Test
    void everyFunctionHasItsAlarmsAndIsOnTheDashboard() {
        var onDashboard = metrics()
                .filter(metric -> metric.path(0).asText().equals("AWS/Lambda"))
                .map(metric ->
                        metric.path(1).asText() + " of " + metric.at("/3/Ref").asText())
                .collect(Collectors.toSet());

        assertThat(templates.functions()).isNotEmpty();
        for (var function : templates.functions().keySet()) {
            var name = function.replace("Function", "");
            assertThat(templates
                            .at("/template/Resources/Alarms/Properties/Parameters/" + name + "/Ref")
                            .asText())
                    .as("what template.yaml tells infra/alarms.yaml of " + function)
                    .isEqualTo(function);
            assertThat(templates
                            .at("/alarms/Resources/Dashboard/Properties/Parameters/" + name + "/Ref")
                            .asText())
                    .as("what infra/alarms.yaml tells infra/dashboard.json of " + function)
                    .isEqualTo(name);
            for (var metric : List.of("Errors", "Throttles")) {
                assertThat(alarms).as("alarms").containsKey(name + metric);
                var alarm = alarms.get(name + metric);
                assertThat(alarm.path("Namespace").asText()).isEqualTo("AWS/Lambda");
                assertThat(alarm.path("MetricName").asText()).isEqualTo(metric);
                assertThat(alarm.at("/Dimensions/0/Name").asText()).isEqualTo("FunctionName");
                assertThat(alarm.at("/Dimensions/0/Value/Ref").asText()).isEqualTo(name);
            }
            assertThat(onDashboard)
                    .contains(
                            "Errors of " + name,
                            "Throttles of " + name,
                            "Duration of " + name,
                            "Invocations of " + name);
        }
    }

    @Test
    void theMachineryIsWatchedByItsOwnNames() {
        assertThat(alarms.get("Undone").at("/Dimensions/0/Value/Ref").asText()).isEqualTo("Failures");
        assertThat(templates
                        .at("/template/Resources/Alarms/Properties/Parameters/Failures/Fn::GetAtt")
                        .asText())
                .isEqualTo("Failures.QueueName");
        assertThat(alarms.get("ApiErrors").path("Metrics").findValues("Dimensions"))
                .hasSize(2)
                .allMatch(dimensions -> dimensions.at("/0/Value/Ref").asText().equals("Api"));
        assertThat(templates
                        .at("/template/Resources/Alarms/Properties/Parameters/Api/Ref")
                        .asText())
                .isEqualTo("Api");
        assertThat(alarms.get("StreamLag").at("/Dimensions/0/Value/Ref").asText())
                .isEqualTo("Dispatch");
    }

    @Test
    void whatNobodyTellsMeansWhatItMeans() {
        var missing = new TreeMap<String, String>();
        alarms.forEach((name, alarm) ->
                missing.put(name, alarm.path("TreatMissingData").asText()));

        // The tick tells of its lag every minute; credit is asked for about once an hour; all else happens or does not.
        assertThat(missing.remove("DueLag")).isEqualTo("breaching");
        assertThat(missing.remove("LowCredit")).isEqualTo("ignore");
        assertThat(missing.values()).isNotEmpty().containsOnly("notBreaching");
    }

    @Test
    void everyAlarmIsSentWhereThereIsATopic() {
        assertThat(alarms.values()).allSatisfy(alarm -> assertThat(
                        alarm.at("/AlarmActions/Fn::If/1/0/Ref").asText())
                .isEqualTo("Topic"));
        assertThat(templates
                        .at("/template/Resources/Alarms/Properties/Parameters/Topic/Ref")
                        .asText())
                .isEqualTo("AlarmTopic");
    }

    /** Every metric with every set of its dimensions, and what is counted off logs. */
    private Set<Seen> told() {
        return Stream.concat(
                        Arrays.stream(Metric.values()).flatMap(metric -> metric.dimensions().stream()
                                .map(dimensions -> new Seen(metric.label(), new HashSet<>(dimensions)))),
                        templates.resources("alarms", "AWS::Logs::MetricFilter").values().stream()
                                .flatMap(filter -> filter.findValuesAsText("MetricName").stream())
                                .map(name -> new Seen(name, Set.of())))
                .collect(Collectors.toSet());
    }

    private Stream<JsonNode> metrics() {
        return list(dashboard.path("widgets")).flatMap(widget -> list(widget.at("/properties/metrics")));
    }

    private static Optional<Seen> seen(JsonNode metric) {
        if (metric.path(0).has("expression")) {
            var search = SEARCH.matcher(metric.at("/0/expression/Fn::Sub").asText());
            assertThat(search.matches()).as(metric.toString()).isTrue();
            return Optional.of(new Seen(search.group(2), Set.of(search.group(1).split(","))));
        }
        return isOurs(metric.path(0)) ? Optional.of(new Seen(metric.path(1).asText(), Set.of())) : Optional.empty();
    }

    /** AWS' own, or what template.yaml tells functions and alarms alike (DeploymentPractices). */
    private static boolean isOurs(JsonNode namespace) {
        assertThat(namespace.asText().startsWith("AWS/")
                        ^ namespace.path("Ref").asText().equals("Namespace"))
                .as("namespace " + namespace)
                .isTrue();
        return namespace.isObject();
    }

    private static Stream<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
