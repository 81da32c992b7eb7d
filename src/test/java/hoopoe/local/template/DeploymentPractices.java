package hoopoe.local.template;

import static hoopoe.local.template.Practice.attribute;
import static hoopoe.local.template.Practice.everywhere;
import static hoopoe.local.template.Practice.practice;
import static hoopoe.local.template.Practice.ref;
import static hoopoe.local.template.Practice.value;
import static hoopoe.local.template.Practice.with;
import static hoopoe.local.template.Practice.without;

import com.fasterxml.jackson.databind.JsonNode;
import hoopoe.observability.Metric;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** How a new version takes over, and how it is taken back. */
final class DeploymentPractices {

    private static final String ROLLBACK = "/template/Resources/Rollback/Properties/Parameters";
    private static final String ALARM = "/rollback/Resources/Errors/Properties";
    private static final String WORKERS = "/rollback/Resources/WorkerErrors/Properties";

    /** CloudWatch takes no more in an alarm. */
    private static final int MOST_METRICS = 10;

    private static final String ANSWERS = "/rollback/Resources/InternalErrors/Properties";
    private static final String ALARMS = "/template/Resources/Alarms/Properties/Parameters";

    /** A nested stack has a name of its own: it is told this one. */
    private static final Object NAMESPACE = Map.of("Fn::Sub", "Hoopoe/${AWS::StackName}");

    private DeploymentPractices() {}

    static List<Practice> all() {
        return List.of(
                practice(
                        "nobody forgets the release",
                        documents ->
                                !documents.at("/template/Parameters/Release").has("Default"),
                        with("/template/Parameters/Release/Default", "0")),
                practice(
                        "calls can move by and by",
                        documents -> documents
                                .at("/template/Parameters/DeploymentType/AllowedValues")
                                .toString()
                                .contains("\"Canary10Percent5Minutes\""),
                        with("/template/Parameters/DeploymentType/AllowedValues", List.of("AllAtOnce"))),
                everywhere(
                        "alarms take a deployment back",
                        "/DeploymentPreference/Alarms",
                        List.of(
                                attribute("Rollback.Outputs.Errors"),
                                attribute("Rollback.Outputs.WorkerErrors"),
                                attribute("Rollback.Outputs.InternalErrors")),
                        List.of("another")),
                value("what functions end in takes back", "/rollback/Outputs/Errors/Value", ref("Errors")),
                value("of those that nobody calls, too", "/rollback/Outputs/WorkerErrors/Value", ref("WorkerErrors")),
                value(
                        "what functions catch takes back",
                        "/rollback/Outputs/InternalErrors/Value",
                        ref("InternalErrors")),
                value("it is counted by the functions", ANSWERS + "/MetricName", Metric.INTERNAL_ERRORS.label()),
                value("it is counted of all of them", ANSWERS + "/Namespace", ref("Namespace")),
                value("one is enough", ANSWERS + "/Threshold", 0),
                value("none told is none", ANSWERS + "/TreatMissingData", "notBreaching"),
                everywhere(
                        "the metrics of a stage are its own",
                        "/Environment/Variables/HOOPOE_METRICS_NAMESPACE",
                        NAMESPACE,
                        "Hoopoe"),
                value("alarms are for the stage's metrics", ALARMS + "/Namespace", NAMESPACE),
                value("what takes back looks at the stage's metrics", ROLLBACK + "/Namespace", NAMESPACE),
                practice(
                        "the alarms are told of every function",
                        DeploymentPractices::everyFunctionIsHandedOver,
                        without(ROLLBACK + "/Send")),
                practice(
                        "one of the alarms looks at every function",
                        DeploymentPractices::everyFunctionIsWatched,
                        without(ALARM + "/Metrics/1/MetricStat")),
                practice(
                        "no alarm has more metrics than CloudWatch takes",
                        documents -> Stream.of(ALARM, WORKERS)
                                .allMatch(alarm -> functions(documents, alarm).size() <= MOST_METRICS),
                        with(
                                WORKERS + "/Metrics",
                                Stream.concat(
                                                Stream.of("Poll", "Publish", "Webhook"),
                                                Collections.nCopies(MOST_METRICS, "Dispatch").stream())
                                        .map(DeploymentPractices::errorsOf)
                                        .toList())),
                value("no calls are no errors", ALARM + "/TreatMissingData", "notBreaching"),
                value("nor no work", WORKERS + "/TreatMissingData", "notBreaching"),
                value("one error of a worker is enough", WORKERS + "/Threshold", 0));
    }

    private static boolean everyFunctionIsHandedOver(Documents documents) {
        return documents.functions().keySet().stream()
                .allMatch(function -> documents.has(ROLLBACK + "/" + function.replace("Function", ""), ref(function)));
    }

    private static boolean everyFunctionIsWatched(Documents documents) {
        var watched = Stream.of(ALARM, WORKERS)
                .flatMap(alarm -> functions(documents, alarm).stream())
                .toList();
        return documents.functions().keySet().stream()
                .allMatch(function -> watched.contains(function.replace("Function", "")));
    }

    /** Whose errors an alarm counts. */
    private static List<String> functions(Documents documents, String alarm) {
        return StreamSupport.stream(documents.at(alarm + "/Metrics").spliterator(), false)
                .map(metric -> metric.at("/MetricStat/Metric"))
                .filter(metric -> metric.path("MetricName").asText().equals("Errors"))
                .map(DeploymentPractices::function)
                .toList();
    }

    private static Map<String, ?> errorsOf(String function) {
        var dimensions = List.of(Map.of("Value", Map.of("Ref", function)));
        return Map.of("MetricStat", Map.of("Metric", Map.of("MetricName", "Errors", "Dimensions", dimensions)));
    }

    private static String function(JsonNode metric) {
        return metric.at("/Dimensions/0/Value/Ref").asText();
    }
}
