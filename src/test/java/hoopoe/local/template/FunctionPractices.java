package hoopoe.local.template;

import static hoopoe.local.template.Documents.elements;
import static hoopoe.local.template.Practice.everywhere;
import static hoopoe.local.template.Practice.practice;
import static hoopoe.local.template.Practice.ref;
import static hoopoe.local.template.Practice.value;
import static hoopoe.local.template.Practice.with;
import static hoopoe.local.template.Practice.without;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What functions are and what they may do. */
final class FunctionPractices {

    private static final String GLOBALS = "/template/Globals/Function";
    private static final String STATUS = "/template/Resources/StatusFunction/Properties";
    private static final String AUTHORIZE = "/template/Resources/AuthorizeFunction/Properties";
    private static final String KEY = "/template/Resources/SecretsKeyReader";
    private static final String KEY_STATEMENT = KEY + "/Properties/PolicyDocument/Statement/0";
    private static final Pattern SECRET =
            Pattern.compile("PASSWORD|TOKEN|CREDENTIAL|PRIVATE|_KEYS?$|SECRET(?!S_PREFIX$)");

    private FunctionPractices() {}

    static List<Practice> all() {
        return List.of(
                everywhere("one artifact is every function", "/CodeUri", "target/function.zip", "target/other.zip"),
                everywhere(
                        "the architecture is a parameter",
                        "/Architectures",
                        List.of(ref("Architecture")),
                        List.of("x86_64")),
                value("the architecture is arm64 unless said", "/template/Parameters/Architecture/Default", "arm64"),
                everywhere("all functions log to one group", "/LoggingConfig/LogGroup", ref("Log"), ref("AccessLog")),
                everywhere("functions log JSON", "/LoggingConfig/LogFormat", "JSON", "Text"),
                practice(
                        "a function says what it may do",
                        documents -> everyFunction(documents, "Policies", true),
                        without(STATUS + "/Policies")),
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
                        with(STATUS + "/Timeout", 31)),
                value("the authorizer ends when the API gives up", AUTHORIZE + "/Timeout", 10),
                value(
                        "the authorizer hears that the table does not answer",
                        AUTHORIZE + "/Environment/Variables/HOOPOE_STORE_CALL_TIMEOUT",
                        "3s"),
                value("a key for secrets is a parameter", KEY + "/Condition", "SecretsHaveAKey"),
                value("no other key is used", KEY_STATEMENT + "/Resource", ref("SecretsKey")),
                practice(
                        "the key is used by Secrets Manager only",
                        documents -> documents.has(
                                KEY_STATEMENT + "/Condition",
                                Map.of(
                                        "StringEquals",
                                        Map.of(
                                                "kms:ViaService",
                                                Map.of("Fn::Sub", "secretsmanager.${AWS::Region}.amazonaws.com")))),
                        without(KEY_STATEMENT + "/Condition")),
                practice(
                        "who reads secrets may use their key",
                        FunctionPractices::whoReadsSecretsUsesTheKey,
                        with(KEY + "/Properties/Roles", List.of(ref("SendFunctionRole")))));
    }

    private static boolean whoReadsSecretsUsesTheKey(Documents documents) {
        var readers = documents.functions().entrySet().stream()
                .filter(function ->
                        function.getValue().path("Policies").toString().contains("secret:${SecretsPrefix}"))
                .map(function -> function.getKey() + "Role")
                .toList();
        return readers.equals(elements(documents.at(KEY + "/Properties/Roles"))
                .map(role -> role.path("Ref").asText())
                .sorted()
                .toList());
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
