package hoopoe.local.template;

import static hoopoe.local.template.Documents.elements;
import static hoopoe.local.template.Practice.everywhere;
import static hoopoe.local.template.Practice.practice;
import static hoopoe.local.template.Practice.ref;
import static hoopoe.local.template.Practice.value;
import static hoopoe.local.template.Practice.with;
import static hoopoe.local.template.Practice.without;

import java.util.List;
import java.util.regex.Pattern;

/** What functions are and what they may do. */
final class FunctionPractices {

    private static final String GLOBALS = "/template/Globals/Function";
    private static final String STATUS = "/template/Resources/StatusFunction/Properties";
    private static final Pattern SECRET =
            Pattern.compile("PASSWORD|TOKEN|CREDENTIAL|PRIVATE|_KEYS?$|SECRET(?!S_PREFIX$)");

    private FunctionPractices() {}

    static List<Practice> all() {
        return List.of(
                everywhere("one artifact is every function", "/CodeUri", "target/function.zip", "target/other.zip"),
                everywhere("the runtime is Amazon Linux 2023", "/Runtime", "provided.al2023", "provided.al2"),
                everywhere(
                        "the architecture is a parameter",
                        "/Architectures",
                        List.of(ref("Architecture")),
                        List.of("x86_64")),
                value("the architecture is arm64 unless said", "/template/Parameters/Architecture/Default", "arm64"),
                everywhere("every call is traced", "/Tracing", "Active", "PassThrough"),
                everywhere("all functions log to one group", "/LoggingConfig/LogGroup", ref("Log"), ref("AccessLog")),
                everywhere("functions log JSON", "/LoggingConfig/LogFormat", "JSON", "Text"),
                practice(
                        "a function has a role of its own",
                        documents -> everyFunction(documents, "Role", false),
                        with(STATUS + "/Role", "arn:aws:iam::123456789012:role/all")),
                practice(
                        "a function says what it may do",
                        documents -> everyFunction(documents, "Policies", true),
                        without(STATUS + "/Policies")),
                practice(
                        "a policy is statements, none that AWS may change",
                        documents -> documents.functions().values().stream()
                                .flatMap(function -> elements(function.path("Policies")))
                                .allMatch(policy -> policy.isMissingNode() || policy.has("Statement")),
                        with(STATUS + "/Policies", List.of("AmazonDynamoDBFullAccess"))),
                practice(
                        "no action is a wildcard",
                        documents -> documents
                                .statements()
                                .flatMap(statement -> elements(statement.path("Action")))
                                .noneMatch(action -> action.asText().contains("*")),
                        with(STATUS + "/Policies/0/Statement/Action", "dynamodb:Get*")),
                practice(
                        "no resource is everything",
                        documents -> documents
                                .statements()
                                .flatMap(statement -> elements(statement.path("Resource")))
                                .noneMatch(resource -> resource.asText().equals("*")),
                        with(STATUS + "/Policies/0/Statement/Resource", "*")),
                practice(
                        "nobody but a function's own role is let in",
                        documents -> documents.statements().noneMatch(statement -> statement.has("Principal")),
                        with(STATUS + "/Policies/0/Statement/Principal", "*")),
                practice(
                        "no variable is a secret",
                        FunctionPractices::noVariableIsASecret,
                        with(GLOBALS + "/Environment/Variables/HOOPOE_ACCOUNTS_EVERY8D_PASSWORD", "x")),
                value(
                        "accounts are not shown to who describes the stack",
                        "/template/Parameters/AccountsJson/NoEcho",
                        true),
                practice(
                        "what the API calls ends before the API gives up",
                        FunctionPractices::answersInTime,
                        with(STATUS + "/Timeout", 31)));
    }

    private static boolean everyFunction(Documents documents, String property, boolean has) {
        return documents.functions().values().stream().allMatch(function -> function.has(property) == has);
    }

    private static boolean noVariableIsASecret(Documents documents) {
        return documents.root().findValues("Variables").stream()
                .flatMap(variables -> variables.properties().stream())
                .noneMatch(variable -> SECRET.matcher(variable.getKey()).find());
    }

    /** API Gateway waits for 30 s. */
    private static boolean answersInTime(Documents documents) {
        return documents.functions().values().stream()
                .filter(function ->
                        Documents.events(function, "HttpApi").findAny().isPresent())
                .allMatch(function -> function.path("Timeout").asInt() < 30);
    }
}
