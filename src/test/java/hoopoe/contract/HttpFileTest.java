package hoopoe.contract;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.local.template.RouteDefinition;
import hoopoe.local.template.Template;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What can be said of {@code hoopoe.http} without running it. */
class HttpFileTest {

    private final HttpFile file = HttpFile.read();

    @Test
    void everyRouteIsThere() {
        assertThat(Template.read(Path.of("template.yaml")).functions().stream()
                        .flatMap(function -> function.routes().stream())
                        .filter(route -> !route.path().startsWith("/console"))) // which a browser calls
                .isNotEmpty()
                .allSatisfy(route -> assertThat(file.calls()).anyMatch(call -> isOf(route, call)));
    }

    @Test
    void everyVariableIsSet() {
        assertThat(file.calls())
                .allSatisfy(call -> assertThat(Pattern.compile("\\{\\{(host|key|batch|webhook|erasure|later|token)}}")
                                .matcher(call.url() + call.headers() + call.body())
                                .results()
                                .map(name -> name.group(1)))
                        .allMatch(file.variables()::containsKey));
        assertThat(file.calls()).allMatch(call -> call.url().startsWith("{{host}}/"));
    }

    private static boolean isOf(RouteDefinition route, HttpFile.Call call) {
        var path = call.url().replace("{{host}}", "").split("\\?")[0];
        var pattern = Pattern.compile("\\{\\w+}").matcher(route.path()).replaceAll(Matcher.quoteReplacement("[^/]+"));
        return call.method().equals(route.method()) && path.matches(pattern);
    }
}
