package hoopoe.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.local.template.FunctionDefinition;
import hoopoe.local.template.RouteDefinition;
import hoopoe.local.template.Template;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesTest {

    private final Routes ours =
            new Routes(Template.read(Path.of("template.yaml")).functions());
    private final Routes mixed = new Routes(List.of(function(
            route("ANY", "$default"),
            route("ANY", "/{proxy+}"),
            route("GET", "/pets/{proxy+}"),
            route("ANY", "/pets/{id}"),
            route("GET", "/pets/{id}"),
            route("GET", "/pets/dog"))));

    @ParameterizedTest
    @CsvSource({
        "POST,   /v1/batches,                    send",
        "GET,    /v1/batches,                    status",
        "GET,    /v1/batches/bat_1,              status",
        "DELETE, /v1/batches/bat_1,              erase",
        "GET,    /v1/batches/bat_1/messages,     status",
        "GET,    /v1/replies,                    status",
        "GET,    /v1/usage,                      status",
        "GET,    /v1/accounts,                   credit",
        "GET,    /v1/accounts/every8d/credit,    credit",
        "DELETE, /v1/accounts/every8d/session,   credit",
        "HEAD,   /callbacks/every8d/secret,      callback"
    })
    void theRoutesOfTheProductReachTheirFunctions(String method, String path, String function) {
        assertThat(ours.match(method, path))
                .hasValueSatisfying(
                        match -> assertThat(match.route().function()).isEqualTo(function));
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /v1/batches",
        "GET, /v1/batches/",
        "GET, /v1/batches//messages",
        "GET, /",
        "GET, /v1/batches/a/b/c"
    })
    void nothingElseDoes(String method, String path) {
        assertThat(ours.match(method, path)).isEmpty();
    }

    @Test
    void variablesAreNamed() {
        assertThat(ours.match("POST", "/callbacks/every8d/a b"))
                .hasValueSatisfying(
                        match -> assertThat(match.variables()).isEqualTo(Map.of("account", "every8d", "token", "a b")));
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  /pets/dog,   GET /pets/dog",
        "GET,  /pets/cat,   GET /pets/{id}",
        "POST, /pets/dog,   ANY /pets/{id}",
        "GET,  /pets/a/b,   GET /pets/{proxy+}",
        "POST, /pets/a/b,   ANY /{proxy+}",
        "GET,  /pets/,      GET /pets/{proxy+}"
    })
    void theMostSpecificRouteWins(String method, String path, String key) {
        assertThat(mixed.match(method, path))
                .hasValueSatisfying(
                        match -> assertThat(match.route().definition().key()).isEqualTo(key));
    }

    @Test
    void whatIsLeftIsTheDefaults() {
        var onlyDefault = new Routes(List.of(function(route("ANY", "$default"), route("GET", "/pets"))));

        assertThat(onlyDefault.match("GET", "/other"))
                .hasValueSatisfying(
                        match -> assertThat(match.route().definition().key()).isEqualTo("$default"));
    }

    @Test
    void aGreedyVariableTakesTheRest() {
        assertThat(mixed.match("GET", "/pets/a/b/c"))
                .hasValueSatisfying(match -> assertThat(match.variables()).containsEntry("proxy", "a/b/c"));
    }

    private static RouteDefinition route(String method, String path) {
        return new RouteDefinition(method, path, true);
    }

    private static FunctionDefinition function(RouteDefinition... routes) {
        return new FunctionDefinition(
                "any",
                Duration.ofSeconds(1),
                128,
                Map.of(),
                Stream.of(routes).toList(),
                List.of(),
                List.of(),
                List.of());
    }
}
