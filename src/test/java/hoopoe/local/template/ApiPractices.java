package hoopoe.local.template;

import static hoopoe.local.template.Practice.attribute;
import static hoopoe.local.template.Practice.practice;
import static hoopoe.local.template.Practice.ref;
import static hoopoe.local.template.Practice.value;
import static hoopoe.local.template.Practice.with;
import static hoopoe.local.template.Practice.without;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the API lets through, and what it writes down of it. */
final class ApiPractices {

    private static final String API = "/template/Resources/Api/Properties";
    private static final String FORMAT = API + "/AccessLogSettings/Format";
    private static final Pattern VARIABLE = Pattern.compile("\\$context\\.([\\w.]+)");

    /** None of these holds a path, a query, a header or a body: callback tokens and numbers are in those. */
    private static final Set<String> HARMLESS = Set.of(
            "requestTime",
            "requestId",
            "routeKey",
            "status",
            "responseLatency",
            "responseLength",
            "integration.status",
            "integration.latency",
            "authorizer.caller",
            "identity.sourceIp",
            "error.responseType");

    private static final String AUTH = API + "/Auth";
    private static final String KEYS = AUTH + "/Authorizers/Keys";
    private static final String EVENTS = "/template/Resources/%s/Properties/Events/%s/Properties/Auth";

    /** They know their callers by a token in the path, or tell everybody the same. */
    private static final Pattern PUBLIC = Pattern.compile("/callbacks/.*|/v1/(openapi\\.json|errors)");

    private ApiPractices() {}

    static List<Practice> all() {
        return List.of(
                value(
                        "calls a second have a limit",
                        API + "/DefaultRouteSettings/ThrottlingRateLimit",
                        ref("RateLimit")),
                value(
                        "calls at once have a limit",
                        API + "/DefaultRouteSettings/ThrottlingBurstLimit",
                        ref("BurstLimit")),
                value(
                        "access is logged to a group of its own",
                        API + "/AccessLogSettings/DestinationArn",
                        attribute("AccessLog.Arn")),
                practice(
                        "access is logged by route",
                        documents -> documents.at(FORMAT).asText().contains("\"$context.routeKey\""),
                        with(FORMAT, "{\"status\":\"$context.status\"}")),
                practice(
                        "no path, query or header is logged",
                        documents -> VARIABLE.matcher(documents.at(FORMAT).asText())
                                .results()
                                .map(ApiPractices::name)
                                .allMatch(HARMLESS::contains),
                        with(FORMAT, "{\"route\":\"$context.routeKey\",\"path\":\"$context.path\"}")),
                practice(
                        "logs end",
                        documents -> documents.resources("template", "AWS::Logs::LogGroup").values().stream()
                                .allMatch(group -> group.has("RetentionInDays")),
                        without("/template/Resources/AccessLog/Properties/RetentionInDays")));
    }

    private static Stream<JsonNode> routes(Documents documents) {
        return documents.functions().values().stream().flatMap(function -> Documents.events(function, "HttpApi"));
    }

    private static boolean isOpen(JsonNode route) {
        return route.at("/Auth/Authorizer").asText().equals("NONE");
    }

    private static boolean isPublic(JsonNode route) {
        return PUBLIC.matcher(route.path("Path").asText()).matches();
    }

    private static String name(MatchResult variable) {
        return variable.group(1);
    }
}
