package hoopoe.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The functions, the authorizer and the limits of {@code template.yaml}, and the table of its nested data stack. */
public record Template(
        List<FunctionDefinition> functions,
        Optional<AuthorizerDefinition> authorizer,
        Optional<ThrottleDefinition> throttle,
        TableDefinition table,
        Parameters parameters) {

    /** {@code FunctionArn: !Sub '${AuthorizeFunction.Arn}:live'} */
    private static final Pattern ALIAS = Pattern.compile("\\$\\{(\\w+)\\.Arn}:\\w+");

    public Template {
        functions = List.copyOf(functions);
    }

    /** @throws IllegalArgumentException where the template asks for something that the local stack does not know */
    public static Template read(Path file) {
        var document = CloudFormation.read(file);
        var parameters = new Parameters(document.path("Parameters"));
        var globals = document.at("/Globals/Function");
        var functions = new ArrayList<FunctionDefinition>();
        for (var resource : document.path("Resources").properties()) {
            if (resource.getValue().path("Type").asText().equals("AWS::Serverless::Function")) {
                var properties = resource.getValue().path("Properties");
                functions.add(new FunctionReader(parameters, globals, properties, mappings(document, resource.getKey()))
                        .read());
            }
        }
        return new Template(
                functions, authorizer(document), throttle(parameters, document), table(file, document), parameters);
    }

    /** @throws IllegalArgumentException where no function has that export */
    public FunctionDefinition function(String export) {
        return functions.stream()
                .filter(function -> function.export().equals(export))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no function exports " + export));
    }

    /** The default of a parameter. @throws IllegalArgumentException if it has none */
    public String parameter(String name) {
        var text = parameters.text(JsonNodeFactory.instance.objectNode().put("Ref", name));
        if (text == null) {
            throw new IllegalArgumentException("no parameter " + name + " with a default");
        }
        return text;
    }

    /** @throws IllegalArgumentException where the default is one that the local stack cannot ask: tokens, signatures */
    private static Optional<AuthorizerDefinition> authorizer(JsonNode document) {
        for (var resource : document.path("Resources")) {
            var auth = resource.at("/Properties/Auth");
            if (resource.path("Type").asText().equals("AWS::Serverless::HttpApi") && auth.has("DefaultAuthorizer")) {
                return Optional.of(authorizer(
                        document,
                        auth.path("Authorizers")
                                .path(auth.get("DefaultAuthorizer").asText())));
            }
        }
        return Optional.empty();
    }

    /** {@code DefaultRouteSettings: { ThrottlingRateLimit: !Ref RateLimit, ThrottlingBurstLimit: !Ref BurstLimit }} */
    private static Optional<ThrottleDefinition> throttle(Parameters parameters, JsonNode document) {
        for (var resource : document.path("Resources")) {
            var settings = resource.at("/Properties/DefaultRouteSettings");
            var rate = parameters.text(settings.path("ThrottlingRateLimit"));
            var burst = parameters.text(settings.path("ThrottlingBurstLimit"));
            if (rate != null && burst != null) {
                return Optional.of(new ThrottleDefinition(Integer.parseInt(rate), Integer.parseInt(burst)));
            }
        }
        return Optional.empty();
    }

    private static AuthorizerDefinition authorizer(JsonNode document, JsonNode authorizer) {
        var function =
                ALIAS.matcher(authorizer.at("/FunctionArn/Fn::Sub").asText()).replaceFirst("$1");
        var export =
                document.path("Resources").path(function).at("/Properties/Environment/Variables/QUARKUS_FUNQY_EXPORT");
        if (!export.isTextual() || !authorizer.path("EnableSimpleResponses").asBoolean()) {
            throw new IllegalArgumentException("the authorizer is no function of the template with simple responses");
        }
        var identity = authorizer.path("Identity");
        return new AuthorizerDefinition(
                export.asText(),
                texts(identity.path("Headers")),
                texts(identity.path("Context")).contains("routeKey"),
                Duration.ofSeconds(identity.path("ReauthorizeEvery").asInt(300)));
    }

    /** Of those that call the function by its alias. */
    private static List<JsonNode> mappings(JsonNode document, String function) {
        return StreamSupport.stream(document.path("Resources").spliterator(), false)
                .filter(resource -> resource.path("Type").asText().equals("AWS::Lambda::EventSourceMapping"))
                .map(resource -> resource.path("Properties"))
                .filter(mapping -> mapping.at("/FunctionName/Ref").asText().equals(function + ".Alias"))
                .toList();
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static TableDefinition table(Path file, JsonNode document) {
        for (var resource : document.path("Resources")) {
            if (resource.path("Type").asText().equals("AWS::CloudFormation::Stack")) {
                return TableDefinition.read(file.resolveSibling(
                        resource.at("/Properties/TemplateURL").asText()));
            }
        }
        throw new IllegalArgumentException("no nested stack in " + file);
    }

    /** The value of a {@code !Ref} to a parameter without a deployment: its default; the stack's name is {@value #STACK}. */
    record Parameters(JsonNode declared) {

        private static final String STACK = "local";

        /** @return null where the value is known only in AWS */
        @Nullable String text(JsonNode value) {
            if (value.isValueNode()) {
                return value.asText();
            }
            if (value.path("Fn::Sub").isTextual()) {
                var text = value.get("Fn::Sub").asText().replace("${AWS::StackName}", STACK);
                return text.contains("${") ? null : text;
            }
            var fallback = declared.path(value.path("Ref").asText()).path("Default");
            return fallback.isValueNode() ? fallback.asText() : null;
        }

        Map<String, String> texts(JsonNode variables) {
            var known = new TreeMap<String, String>();
            for (var variable : variables.properties()) {
                var text = text(variable.getValue());
                if (text != null) {
                    known.put(variable.getKey(), text);
                }
            }
            return known;
        }
    }
}
