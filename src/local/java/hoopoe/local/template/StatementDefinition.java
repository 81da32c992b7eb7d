package hoopoe.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/**
 * A statement of a function's {@code Policies}, which allows. The statements that SAM adds itself (for logs, for reading a
 * stream, for sending failed events to a queue) are not among them.
 *
 * @param resources as the template writes them: texts, or references
 */
public record StatementDefinition(Set<String> actions, List<JsonNode> resources) {

    private static final String EXPORT = "/Environment/Variables/QUARKUS_FUNQY_EXPORT";

    public StatementDefinition {
        actions = Set.copyOf(actions);
        resources = List.copyOf(resources);
    }

    /**
     * Of all functions, by their exports.
     *
     * @param given values of the template's parameters, in place of their defaults
     * @throws IllegalArgumentException where a policy is not made of statements that allow
     */
    public static Map<String, List<StatementDefinition>> read(Path template, Map<String, String> given) {
        var all = new TreeMap<String, List<StatementDefinition>>();
        Deployment.read(template, given).of("AWS::Serverless::Function").forEach(function -> {
            var properties = function.properties();
            all.put(properties.at(EXPORT).asText(), of(properties.path("Policies")));
        });
        return all;
    }

    private static List<StatementDefinition> of(JsonNode policies) {
        var statements = new ArrayList<StatementDefinition>();
        for (var policy : list(policies)) {
            if (!policy.has("Statement")) {
                throw new IllegalArgumentException("a policy without statements: " + policy);
            }
            list(policy.get("Statement")).forEach(statement -> statements.add(statement(statement)));
        }
        return statements;
    }

    private static StatementDefinition statement(JsonNode statement) {
        if (!statement.path("Effect").asText().equals("Allow") || statement.has("Condition")) {
            throw new IllegalArgumentException("not a statement that only allows: " + statement);
        }
        var actions = new TreeSet<String>();
        list(statement.path("Action")).forEach(action -> actions.add(action.asText()));
        return new StatementDefinition(actions, list(statement.path("Resource")));
    }

    /** One is as good as a list of one. */
    private static List<JsonNode> list(JsonNode node) {
        return node.isArray()
                ? StreamSupport.stream(node.spliterator(), false).toList()
                : node.isMissingNode() ? List.of() : List.of(node);
    }
}
