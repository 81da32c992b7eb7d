package hoopoe.local.template;

import static hoopoe.local.template.Practice.attribute;
import static hoopoe.local.template.Practice.practice;
import static hoopoe.local.template.Practice.value;
import static hoopoe.local.template.Practice.with;

import java.util.List;
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

    private static final String KEYS = API + "/Auth/Authorizers/Keys";

    private ApiPractices() {}

    static List<Practice> all() {
        return Stream.of(guarded(), written()).flatMap(List::stream).toList();
    }

    private static List<Practice> guarded() {
        return List.of(
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
                value("the authorizer says yes or no", KEYS + "/EnableSimpleResponses", true));
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
                        with(FORMAT, "{\"route\":\"$context.routeKey\",\"error\":\"$context.error.message\"}")));
    }

    private static String name(MatchResult variable) {
        return variable.group(1);
    }
}
