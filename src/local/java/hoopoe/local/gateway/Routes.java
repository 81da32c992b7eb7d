package hoopoe.local.gateway;

import hoopoe.local.template.FunctionDefinition;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All routes of an API, the most specific first. */
final class Routes {

    record Match(Route route, Map<String, String> variables) {}

    private final List<Route> routes;

    Routes(Collection<FunctionDefinition> functions) {
        this.routes = functions.stream()
                .flatMap(function -> function.routes().stream().map(route -> new Route(route, function.export())))
                .sorted(Route.BY_SPECIFICITY)
                .toList();
    }

    /** @param path decoded */
    Optional<Match> match(String method, String path) {
        return routes.stream()
                .flatMap(route -> route.match(method, path).map(found -> new Match(route, found)).stream())
                .findFirst();
    }
}
