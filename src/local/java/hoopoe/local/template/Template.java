package hoopoe.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import hoopoe.local.template.Deployment.Resource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** The functions, the authorizer and the limits of {@code template.yaml}, with what calls its functions and the table, wherever these are nested. */
public record Template(
        List<FunctionDefinition> functions,
        Optional<AuthorizerDefinition> authorizer,
        Optional<ThrottleDefinition> throttle,
        TableDefinition table,
        Deployment.Parameters parameters) {

    /** {@code FunctionArn: !Sub '${AuthorizeFunction.Arn}:live'} */
    private static final Pattern ALIAS = Pattern.compile("\\$\\{(\\w+)\\.Arn}:\\w+");

    public Template {
        functions = List.copyOf(functions);
    }

    /** @throws IllegalArgumentException where the template asks for something that the local stack does not know */
    public static Template read(Path file) {
        return read(file, Map.of());
    }

    /**
     * @param given values of the template's parameters, in place of their defaults
     * @throws IllegalArgumentException where the template asks for something that the local stack does not know
     */
    public static Template read(Path file, Map<String, String> given) {
        var deployment = Deployment.read(file, given);
        var document = deployment.document();
        var parameters = deployment.parameters();
        var globals = document.at("/Globals/Function");
        return new Template(
                deployment
                        .of("AWS::Serverless::Function")
                        .map(function -> new FunctionReader(
                                        parameters,
                                        globals,
                                        function.properties(),
                                        callers(
                                                deployment,
                                                function,
                                                "AWS::Lambda::EventSourceMapping",
                                                "/FunctionName"),
                                        callers(deployment, function, "AWS::Scheduler::Schedule", "/Target/Arn"),
                                        queue(deployment))
                                .read())
                        .toList(),
                authorizer(document),
                throttle(parameters, document),
                TableDefinition.of(deployment),
                parameters);
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
    private static Optional<ThrottleDefinition> throttle(Deployment.Parameters parameters, JsonNode document) {
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

    /** The properties of the queue that gives up what failed often: the only one with a mapping. */
    private static JsonNode queue(Deployment deployment) {
        return deployment
                .of("AWS::SQS::Queue")
                .map(Resource::properties)
                .filter(properties -> properties.has("RedrivePolicy"))
                .findFirst()
                .orElseGet(JsonNodeFactory.instance::objectNode);
    }

    /** The properties of the resources of a type that call the function by its alias. */
    private static List<JsonNode> callers(Deployment deployment, Resource function, String type, String called) {
        return deployment
                .of(type)
                .map(Resource::properties)
                .filter(caller -> caller.at(called).path("Ref").asText().equals(function.name() + ".Alias"))
                .toList();
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
