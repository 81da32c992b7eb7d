package hoopoe.platform.nativeimage;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertyName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WildcardIndexTest {

    private final Map<PropertyName, String> wildcards = new HashMap<>();

    WildcardIndexTest() {
        List.of(
                        "quarkus.tls.*.reload-period",
                        "quarkus.tls.*.trust-store.pem.certs",
                        "quarkus.rest-client.*.headers.*",
                        "quarkus.rest-client.*.url",
                        "quarkus.log.category.*.level",
                        "quarkus.log.filter.*.if-starts-with[*]",
                        "list[*].name",
                        "list[*].map.*",
                        "*.first",
                        "deep.*.b.*.c")
                .forEach(name -> wildcards.put(new PropertyName(name), "default of " + name));
    }

    /** The map is what SmallRye Config asks. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "quarkus.tls.mine.reload-period",
                "quarkus.tls.\"my.own\".reload-period",
                "quarkus.tls.mine.nothing",
                "quarkus.tls.reload-period",
                "quarkus.tls",
                "quarkus.rest-client.a.headers.X-One",
                "quarkus.rest-client.a.headers.deep.er",
                "quarkus.rest-client.\"a.b\".url",
                "quarkus.log.category.\"io.quarkus\".level",
                "quarkus.log.filter.\"x\".if-starts-with[0]",
                "quarkus.log.filter.\"x\".if-starts-with[12]",
                "quarkus.log.filter.\"x\".if-starts-with[one]",
                "list[0].name",
                "list[01].name",
                "list[].name",
                "list[3].map.key",
                "any.first",
                "first",
                "deep.a.b.c.c",
                "deep.a.b.x.c",
                "",
                ".",
                "\"",
                "hoopoe.store.table",
            })
    void findsWhatTheMapFinds(String name) {
        assertThat(WildcardIndex.of(wildcards).get(name)).isEqualTo(wildcards.get(new PropertyName(name)));
    }

    @Test
    void findsWhatWasAddedLater() {
        assertThat(WildcardIndex.of(wildcards).get("late.x.y")).isNull();

        wildcards.put(new PropertyName("late.*.y"), "here");

        assertThat(WildcardIndex.of(wildcards).get("late.x.y")).isEqualTo("here");
    }
}
