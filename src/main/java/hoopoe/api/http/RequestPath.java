package hoopoe.api.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The path of a request. API Gateway's {@code rawPath} begins with the base path of a custom domain (its API mapping key), or
 * with a stage that is not {@code $default}; its route and path parameters do not (Amazon API Gateway, Developer Guide:
 * "Working with API mappings for HTTP APIs").
 *
 * @param base what stands before the route's own path; empty for most requests
 * @param path the route's own path, with its parameters: the same for every domain
 */
record RequestPath(String base, String path) {

    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

    static RequestPath of(APIGatewayV2HTTPEvent event) {
        var route = Objects.requireNonNullElse(event.getRouteKey(), "");
        var parameters = Objects.requireNonNullElse(event.getPathParameters(), Map.<String, String>of());
        var path = PARAMETER
                .matcher(route.substring(route.indexOf(' ') + 1))
                .replaceAll(parameter -> Matcher.quoteReplacement(filled(parameter, parameters)));
        var raw = Objects.requireNonNullElse(event.getRawPath(), "");
        var known = !path.isEmpty() && raw.endsWith(path);
        return new RequestPath(known ? raw.substring(0, raw.length() - path.length()) : "", path);
    }

    private static String filled(MatchResult parameter, Map<String, String> parameters) {
        return Optional.ofNullable(parameters.get(parameter.group(1))).orElseGet(parameter::group);
    }
}
