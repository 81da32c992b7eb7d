package hoopoe.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Secrets are in Secrets Manager, and not in variables, which all who may look at a function can see. */
class TemplateSecretsTest {

    private static final Pattern SECRET = Pattern.compile(
            "pass(word|wd|phrase)?|secret|token|credential|(api|access|private|billing)_?-?key|pepper",
            Pattern.CASE_INSENSITIVE);

    /** Where secrets are, and not one of them. */
    private static final List<String> PLACES = List.of("HOOPOE_SECRETS_PREFIX", "SecretsPrefix", "SecretsKey");

    private final JsonNode template = CloudFormation.read(Path.of("template.yaml"));

    @Test
    void noVariableLooksLikeASecret() {
        assertThat(variables())
                .extracting(Map.Entry::getKey)
                .contains("HOOPOE_ACCOUNTS_JSON", "QUARKUS_FUNQY_EXPORT")
                .filteredOn(name -> !PLACES.contains(name))
                .noneMatch(TemplateSecretsTest::looksSecret);
    }

    @Test
    void noVariableHasAValueThatLooksLikeOne() {
        assertThat(variables())
                .extracting(variable -> variable.getValue().toString())
                .noneMatch(value -> value.contains("{{resolve:"))
                .filteredOn(value -> PLACES.stream().noneMatch(value::contains))
                .noneMatch(TemplateSecretsTest::looksSecret);
    }

    @Test
    void noParameterAsksForOne() {
        assertThat(template.path("Parameters").fieldNames())
                .toIterable()
                .filteredOn(name -> !PLACES.contains(name))
                .noneMatch(TemplateSecretsTest::looksSecret);
    }

    /** Were nothing found where something is, the lines above would prove nothing. */
    @Test
    void whatLooksLikeASecretIsFound() {
        assertThat(List.of("HOOPOE_ACCOUNTS_EVERY8D_PASSWORD", "CALLBACK_TOKENS", "BillingKey", "API_KEY", "DB_PASS"))
                .allMatch(TemplateSecretsTest::looksSecret);
    }

    private static boolean looksSecret(String name) {
        return SECRET.matcher(name).find();
    }

    private List<Map.Entry<String, JsonNode>> variables() {
        var all = new ArrayList<Map.Entry<String, JsonNode>>();
        var functions = Stream.concat(
                Stream.of(template.at("/Globals/Function")),
                template.path("Resources").properties().stream()
                        .map(resource -> resource.getValue().path("Properties")));
        functions.forEach(owner -> all.addAll(owner.at("/Environment/Variables").properties()));
        return all;
    }
}
