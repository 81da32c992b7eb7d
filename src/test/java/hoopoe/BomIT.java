package hoopoe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** The list of what ships (CycloneDX), which {@code mvn verify} makes. */
@DisabledIfSystemProperty(named = "hoopoe.offline", matches = "is true", disabledReason = "mvn -o makes no list")
class BomIT {

    private final JsonNode bom =
            new ObjectMapper().readTree(Path.of("target", "bom.json").toFile());
    private final String pom = Files.readString(Path.of("pom.xml"));

    BomIT() throws IOException {}

    @Test
    void itIsOfThisVersion() {
        assertThat(bom.at("/metadata/component/name").asText()).isEqualTo("hoopoe");
        assertThat(bom.at("/metadata/component/version").asText()).isEqualTo(inPom("version"));
    }

    @Test
    void itNamesWhatShips() {
        assertThat(components())
                .containsEntry("quarkus-core", inPom("quarkus.version"))
                .containsKey("dynamodb");
    }

    @Test
    void itNamesNothingOfTheTests() {
        assertThat(components()).doesNotContainKeys("assertj-core", "DynamoDBLocal", "quarkus-junit");
    }

    private Map<String, String> components() {
        return StreamSupport.stream(bom.path("components").spliterator(), false)
                .collect(Collectors.toMap(
                        component -> component.path("name").asText(),
                        component -> component.path("version").asText(),
                        (one, other) -> one));
    }

    private String inPom(String element) {
        var found = Pattern.compile("<" + Pattern.quote(element) + ">([^<]+)<").matcher(pom);
        assertThat(found.find()).as(element).isTrue();
        return found.group(1);
    }
}
