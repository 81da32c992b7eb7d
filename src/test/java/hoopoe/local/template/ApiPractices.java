package hoopoe.local.template;

import static hoopoe.local.template.Practice.attribute;
import static hoopoe.local.template.Practice.practice;
import static hoopoe.local.template.Practice.ref;
import static hoopoe.local.template.Practice.value;
import static hoopoe.local.template.Practice.with;
import static hoopoe.local.template.Practice.without;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whom the API lets through, how many, and what it writes down of it. */
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
            "error.responseType",
            "error.message",
            "authorizer.error",
            "integrationErrorMessage");

    private static final String LOGGED =
            "$context.error.message $context.authorizer.error $context.integrationErrorMessage";

    private static final String AUTH = API + "/Auth";
    private static final String KEYS = AUTH + "/Authorizers/Keys";
    private static final String EVENTS = "/template/Resources/StatusFunction/Properties/Events";
    private static final String MAY_ASK = "/template/Resources/MayAuthorize/Properties";

    /** They know their callers by a token in the path, or tell everybody the same. */
    private static final Pattern PUBLIC = Pattern.compile("/callbacks/.*|/v1/(openapi\\.json|errors)");

    private ApiPractices() {}

    static List<Practice> all() {
        return Stream.of(guarded(), bounded(), written()).flatMap(List::stream).toList();
    }

    private static List<Practice> guarded() {
        return List.of(
                value("who calls needs a key", AUTH + "/DefaultAuthorizer", "Keys"),
                value(
                        "keys are looked at by authorize",
                        KEYS + "/FunctionArn",
                        Map.of("Fn::Sub", "${AuthorizeFunction.Arn}:live")),
                value(
                        "the API waits for who looks at keys",
                        "/template/Resources/Api/DependsOn",
                        "AuthorizeFunctionAliaslive"),
                value("a key is in the header Authorization", KEYS + "/Identity/Headers", List.of("Authorization")),
                value("an answer is for one route", KEYS + "/Identity/Context", List.of("routeKey")),
                practice(
                        "a revoked key is refused after half a minute",
                        documents -> documents
                                        .at(KEYS + "/Identity/ReauthorizeEvery")
                                        .asInt(300)
                                <= 30,
                        with(KEYS + "/Identity/ReauthorizeEvery", 31)),
                value("the authorizer is told as functions are", KEYS + "/AuthorizerPayloadFormatVersion", "2.0"),
                value("the authorizer says yes or no", KEYS + "/EnableSimpleResponses", true),
                practice(
                        "the API may ask the authorizer, and no other",
                        documents -> documents.resources("template", "AWS::Lambda::Permission").values().stream()
                                        .filter(ApiPractices::isOfOurAuthorizers)
                                        .count()
                                == 1,
                        with(MAY_ASK + "/SourceArn", "*")),
                practice(
                        "every route is of the guarded API",
                        documents -> routes(documents).allMatch(route -> Documents.has(route, "/ApiId", ref("Api"))),
                        without(EVENTS + "/Replies/Properties/ApiId")),
                practice(
                        "nothing is open but what is for everybody",
                        documents -> routes(documents).allMatch(route -> isPublic(route) || !route.has("Auth")),
                        with(EVENTS + "/Replies/Properties/Auth/Authorizer", "NONE")),
                practice(
                        "what is for everybody is open",
                        documents -> routes(documents).allMatch(route -> !isPublic(route) || isOpen(route)),
                        without(EVENTS + "/OpenApi/Properties/Auth")));
    }

    private static List<Practice> bounded() {
        return List.of(
                value(
                        "calls a second have a limit",
                        API + "/DefaultRouteSettings/ThrottlingRateLimit",
                        ref("RateLimit")),
                value(
                        "calls at once have a limit",
                        API + "/DefaultRouteSettings/ThrottlingBurstLimit",
                        ref("BurstLimit")));
    }

    private static List<Practice> written() {
        return List.of(
                value(
                        "access is logged to a group of its own",
                        API + "/AccessLogSettings/DestinationArn",
                        attribute("AccessLog.Arn")),
                practice(
                        "access is logged by route",
                        documents -> documents.at(FORMAT).asText().contains("\"$context.routeKey\""),
                        with(FORMAT, LOGGED + "{}")),
                practice(
                        "no path, query or header is logged",
                        documents -> VARIABLE.matcher(documents.at(FORMAT).asText())
                                .results()
                                .map(ApiPractices::name)
                                .allMatch(HARMLESS::contains),
                        with(FORMAT, "{\"route\":\"$context.routeKey\",\"path\":\"$context.path\"}" + LOGGED)),
                practice(
                        "what API Gateway answers by itself is explained",
                        documents -> VARIABLE.matcher(documents.at(FORMAT).asText())
                                .results()
                                .map(ApiPractices::name)
                                .toList()
                                .containsAll(List.of("error.message", "authorizer.error", "integrationErrorMessage")),
                        with(FORMAT, "{\"route\":\"$context.routeKey\",\"error\":\"$context.error.message\"}")),
                practice(
                        "logs end",
                        documents -> documents.resources("template", "AWS::Logs::LogGroup").values().stream()
                                .allMatch(group -> group.has("RetentionInDays")),
                        without("/template/Resources/AccessLog/Properties/RetentionInDays")));
    }

    private static boolean isOfOurAuthorizers(JsonNode permission) {
        return permission.path("Principal").asText().equals("apigateway.amazonaws.com")
                && permission.path("Action").asText().equals("lambda:InvokeFunction")
                && Documents.has(permission, "/FunctionName", ref("AuthorizeFunction.Alias"))
                && permission.at("/SourceArn/Fn::Sub").asText().endsWith(":${Api}/authorizers/*");
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
