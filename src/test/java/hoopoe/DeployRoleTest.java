package hoopoe;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What GitHub's role may, against what CloudFormation itself says that it needs for each type of resource in the templates. Those lists
 * name all that a type can have; what ours has not is in {@link #NOT_OURS}, with the reason.
 */
class DeployRoleTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<Statement> MAY = may();
    private static final JsonNode NEEDED = read(Path.of("src", "test", "resources", "hoopoe", "handlers.json"));

    /** A name that CloudFormation makes up: the stack's, ours, its own. */
    private static final String NAME = "hoopoe-STAGE-Nested-1XOV8IZ5U7KQG-Resource-1A2B3C4D5E6F";

    private static final String FUNCTION = "arn:aws:lambda:REGION:ACCOUNT:function:" + NAME;
    private static final String ROLE = "arn:aws:iam::ACCOUNT:role/" + NAME;
    private static final String GATEWAY = "arn:aws:apigateway:REGION::/apis";

    /** What one of ours is called, for the actions of its own service. */
    private static final Map<String, String> RESOURCES = Map.ofEntries(
            Map.entry("AWS::ApiGatewayV2::Api", GATEWAY),
            Map.entry("AWS::ApiGatewayV2::Stage", GATEWAY + "/a1b2c3d4e5/stages/$default"),
            Map.entry("AWS::CloudFormation::Stack", "arn:aws:cloudformation:REGION:ACCOUNT:stack/" + NAME + "/1-2-3"),
            Map.entry("AWS::CloudWatch::Alarm", "arn:aws:cloudwatch:REGION:ACCOUNT:alarm:" + NAME),
            Map.entry("AWS::CloudWatch::Dashboard", "arn:aws:cloudwatch::ACCOUNT:dashboard/" + NAME),
            Map.entry("AWS::CodeDeploy::Application", "arn:aws:codedeploy:REGION:ACCOUNT:application:" + NAME),
            Map.entry(
                    "AWS::CodeDeploy::DeploymentGroup",
                    "arn:aws:codedeploy:REGION:ACCOUNT:deploymentgroup:" + NAME + "/" + NAME),
            Map.entry("AWS::DynamoDB::Table", "arn:aws:dynamodb:REGION:ACCOUNT:table/" + NAME),
            Map.entry("AWS::Events::EventBus", "arn:aws:events:REGION:ACCOUNT:event-bus/" + NAME),
            Map.entry("AWS::IAM::Policy", ROLE),
            Map.entry("AWS::IAM::Role", ROLE),
            Map.entry("AWS::IAM::RolePolicy", ROLE),
            Map.entry("AWS::Lambda::Alias", FUNCTION + ":live"),
            Map.entry("AWS::Lambda::EventInvokeConfig", FUNCTION + ":live"),
            Map.entry("AWS::Lambda::EventSourceMapping", "arn:aws:lambda:REGION:ACCOUNT:event-source-mapping:1-2-3"),
            Map.entry("AWS::Lambda::Function", FUNCTION),
            Map.entry("AWS::Lambda::Permission", FUNCTION + ":live"),
            Map.entry("AWS::Lambda::Version", FUNCTION + ":1"),
            Map.entry("AWS::Logs::LogGroup", "arn:aws:logs:REGION:ACCOUNT:log-group:" + NAME),
            Map.entry("AWS::Logs::MetricFilter", "arn:aws:logs:REGION:ACCOUNT:log-group:" + NAME),
            Map.entry("AWS::SQS::Queue", "arn:aws:sqs:REGION:ACCOUNT:" + NAME),
            Map.entry(
                    "AWS::SecretsManager::Secret",
                    "arn:aws:secretsmanager:REGION:ACCOUNT:secret:" + NAME + "-number-keys-AbCdEf"),
            Map.entry("AWS::Scheduler::Schedule", "arn:aws:scheduler:REGION:ACCOUNT:schedule/default/" + NAME));

    /** Shared by several resources, or configurations of AWS' own. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "codedeploy:GetDeploymentConfig",
            "arn:aws:codedeploy:REGION:ACCOUNT:deploymentconfig:CodeDeployDefault.LambdaAllAtOnce");

    /** By the reason. */
    private static final Map<String, Set<String>> NOT_OURS = Map.of(
            "no key of our own",
            Set.of(
                    "kms:CreateGrant",
                    "kms:Decrypt",
                    "kms:DescribeKey",
                    "kms:Encrypt",
                    "kms:GenerateDataKey",
                    "kms:GenerateDataKeyWithoutPlaintext",
                    "kms:ListAliases",
                    "kms:ReEncrypt",
                    "kms:ReEncryptFrom",
                    "kms:ReEncryptTo",
                    "kms:RevokeGrant",
                    "logs:AssociateKmsKey",
                    "logs:DisassociateKmsKey"),
            "no image, layer, file system, signing or capacity of our own",
            Set.of(
                    "ec2:DescribeNetworkInterfaces",
                    "ec2:DescribeSecurityGroups",
                    "ec2:DescribeSubnets",
                    "ec2:DescribeVpcs",
                    "elasticfilesystem:DescribeMountTargets",
                    "lambda:AssociateRuntimeAlias",
                    "lambda:DeleteFunctionCodeSigningConfig",
                    "lambda:GetCodeSigningConfig",
                    "lambda:GetLayerVersion",
                    "lambda:PassCapacityProvider",
                    "lambda:PutFunctionCodeSigningConfig",
                    "lambda:PutFunctionRecursionConfig",
                    "lambda:PutFunctionScalingConfig",
                    "lambda:PutRuntimeManagementConfig",
                    "s3files:ListMountTargets"),
            "no concurrency is provisioned",
            Set.of("lambda:DeleteProvisionedConcurrencyConfig", "lambda:PutProvisionedConcurrencyConfig"),
            "no replica, import, contributor insights, Kinesis stream or policy of the table, and no replica of a secret",
            Set.of(
                    "dynamodb:AssociateTableReplica",
                    "dynamodb:BatchWriteItem",
                    "dynamodb:CreateTableReplica",
                    "dynamodb:DeleteItem",
                    "dynamodb:DeleteResourcePolicy",
                    "dynamodb:DescribeImport",
                    "dynamodb:DisableKinesisStreamingDestination",
                    "dynamodb:EnableKinesisStreamingDestination",
                    "dynamodb:GetItem",
                    "dynamodb:ImportTable",
                    "dynamodb:PutItem",
                    "dynamodb:PutResourcePolicy",
                    "dynamodb:Query",
                    "dynamodb:Scan",
                    "dynamodb:UpdateContributorInsights",
                    "dynamodb:UpdateItem",
                    "dynamodb:UpdateKinesisStreamingDestination",
                    "kinesis:DescribeStream",
                    "kinesis:PutRecords",
                    "logs:CreateLogStream",
                    "logs:DescribeLogStreams",
                    "logs:PutLogEvents",
                    "s3:GetObjectMetadata",
                    "secretsmanager:RemoveRegionsFromReplication",
                    "secretsmanager:ReplicateSecretToRegions"),
            "no policy of users, groups and a bus",
            Set.of(
                    "events:PutPermission",
                    "events:RemovePermission",
                    "iam:DeleteGroupPolicy",
                    "iam:DeleteUserPolicy",
                    "iam:GetGroupPolicy",
                    "iam:GetUserPolicy",
                    "iam:PutGroupPolicy",
                    "iam:PutUserPolicy"),
            "no policy, protection or delivery of a log group beyond its retention",
            Set.of(
                    "firehose:TagDeliveryStream",
                    "logs:DeleteDataProtectionPolicy",
                    "logs:DeleteIndexPolicy",
                    "logs:DeleteResourcePolicy",
                    "logs:PutBearerTokenAuthentication",
                    "logs:PutDataProtectionPolicy",
                    "logs:PutIndexPolicy",
                    "logs:PutLogGroupDeletionProtection",
                    "s3:REST.PUT.OBJECT"),
            "no stack policy, and no protection of a stack by itself",
            Set.of("cloudformation:SetStackPolicy", "cloudformation:UpdateTerminationProtection"),
            "no boundary and no description of a role",
            Set.of("iam:DeleteRolePermissionsBoundary", "iam:PutRolePermissionsBoundary", "iam:UpdateRoleDescription"),
            "no machines outside Lambda",
            Set.of("codedeploy:RegisterOnPremisesInstance"),
            "the API's description stands in the template",
            Set.of("s3:getObject"));

    /** @param resources patterns, in which a star is anything, slashes too */
    private record Statement(Set<String> actions, List<Pattern> resources) {

        static Statement of(JsonNode statement) {
            return new Statement(
                    texts(statement.path("Action")).collect(toSet()),
                    texts(statement.path("Resource"))
                            .map(resource ->
                                    Pattern.compile(Pattern.quote(resource).replace("*", "\\E.*\\Q")))
                            .toList());
        }

        boolean allows(String action) {
            return actions.contains(action);
        }

        boolean allows(String action, String resource) {
            return allows(action)
                    && resources.stream()
                            .anyMatch(pattern -> pattern.matcher(resource).matches());
        }
    }

    static Stream<String> types() {
        return NEEDED.path("types").properties().stream().map(Map.Entry::getKey);
    }

    @ParameterizedTest
    @MethodSource("types")
    void itMayWhatCloudFormationNeeds(String type) {
        assertThat(RESOURCES).containsKey(type);
        assertThat(needed(type, "create", "read", "update", "delete"))
                .isNotEmpty()
                .filteredOn(action -> !notOurs().contains(action))
                .allMatch(action -> mayDo(action, RESOURCES.get(type)));
    }

    /** CloudFormation reads all of a resource, whatever is set; AWS' own keys need no permission from us. */
    @ParameterizedTest
    @MethodSource("types")
    void itMayReadWhateverIsNotSet(String type) {
        assertThat(needed(type, "read")).filteredOn(notOurs()::contains).isSubsetOf("kms:Decrypt", "s3:getObject");
    }

    @Test
    void nothingIsLeftOutInVain() {
        assertThat(notOurs())
                .isSubsetOf(types().flatMap(type -> needed(type, "create", "read", "update", "delete").stream())
                        .collect(toSet()));
    }

    /** All stages share the bucket for artifacts: a role that may write outside its folder could deploy anything as another stage. */
    @Test
    void artifactsOfAnotherStageAreOutOfReach() {
        var bucket = "arn:aws:s3:::aws-sam-cli-managed-default-samclisourcebucket-1a2b3c";

        assertThat(MAY)
                .anyMatch(statement -> statement.allows("s3:PutObject", bucket + "/hoopoe-STAGE/0123"))
                .noneMatch(statement -> statement.allows("s3:PutObject", bucket + "/hoopoe-OTHER/0123"))
                .noneMatch(statement -> statement.allows("s3:PutObject", bucket));
        assertThat(MAY.stream().flatMap(statement -> statement.actions().stream()))
                .filteredOn(action -> action.startsWith("s3:"))
                .containsExactlyInAnyOrder(
                        "s3:GetBucketLocation", "s3:ListBucket", "s3:GetObject", "s3:GetObjectVersion", "s3:PutObject");
        assertThat(MAY)
                .filteredOn(statement -> statement.allows(
                        "cloudformation:UpdateStack",
                        "arn:aws:cloudformation:REGION:ACCOUNT:stack/aws-sam-cli-managed-default/1-2-3"))
                .isEmpty();
    }

    /** A deployment that cannot go back, or a first one that failed, is ended by hand: "Continue rolling back an update". */
    @Test
    void itMayEndWhatFailed() {
        assertThat(Stream.of("cloudformation:ContinueUpdateRollback", "cloudformation:DeleteStack"))
                .allMatch(action -> mayDo(action, RESOURCES.get("AWS::CloudFormation::Stack")));
    }

    /** "Service-linked roles for API Gateway": made with the first API of an account. */
    @Test
    void itMayMakeTheRoleOfApiGateway() {
        assertThat(MAY)
                .anyMatch(
                        statement -> statement.allows(
                                "iam:CreateServiceLinkedRole",
                                "arn:aws:iam::ACCOUNT:role/aws-service-role/ops.apigateway.amazonaws.com/AWSServiceRoleForAPIGateway"));
    }

    private static Set<String> needed(String type, String... handlers) {
        return Arrays.stream(handlers)
                .flatMap(handler -> texts(NEEDED.path("types").path(type).path(handler)))
                .collect(toSet());
    }

    private static Set<String> notOurs() {
        return NOT_OURS.values().stream().flatMap(Set::stream).collect(toSet());
    }

    private static boolean mayDo(String action, String own) {
        var resource = ELSEWHERE.getOrDefault(action, own);
        return MAY.stream()
                .anyMatch(statement -> service(own).equals(action.replaceFirst(":.*", ""))
                        ? statement.allows(action, resource)
                        : statement.allows(action));
    }

    private static String service(String resource) {
        return resource.split(":")[2];
    }

    private static List<Statement> may() {
        return StreamSupport.stream(
                        read(Path.of("infra", "deploy-role", "permissions.json"))
                                .path("Statement")
                                .spliterator(),
                        false)
                .map(Statement::of)
                .toList();
    }

    private static Stream<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText);
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
