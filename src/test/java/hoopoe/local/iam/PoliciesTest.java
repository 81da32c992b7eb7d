package hoopoe.local.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoliciesTest {

    private static final String GET = "dynamodb:GetItem";
    private static final String QUERY = "dynamodb:Query";
    private static final String READ = "secretsmanager:GetSecretValue";
    private static final Map<String, String> NAMES =
            Map.of("Data.Outputs.TableArn", Arn.table("hoopoe"), "SecretsPrefix", "hoopoe/");

    @TempDir
    private Path folder;

    private Policies policies(String written) throws IOException {
        var template = Files.writeString(folder.resolve("template.yaml"), """
                Resources:
                  One:
                    Type: AWS::Serverless::Function
                    Properties:
                      Environment: { Variables: { QUARKUS_FUNQY_EXPORT: one } }
                      Policies:
                %s
                  Two:
                    Type: AWS::Serverless::Function
                    Properties:
                      Environment: { Variables: { QUARKUS_FUNQY_EXPORT: two } }
                """.formatted(written.indent(8)));
        return Policies.read(template, Map.of(), NAMES);
    }

    private Policies usual() throws IOException {
        return policies("""
                - Statement: { Effect: Allow, Action: [dynamodb:GetItem, dynamodb:Query], Resource: !GetAtt Data.Outputs.TableArn }
                - Statement:
                    - { Effect: Allow, Action: dynamodb:Query, Resource: [!Sub '${Data.Outputs.TableArn}/index/due'] }
                    - { Effect: Allow, Action: secretsmanager:GetSecretValue, Resource: !Sub 'arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:${SecretsPrefix}*' }
                """);
    }

    @Test
    void whatIsNotAllowedIsDenied() throws IOException {
        var policies = usual();

        assertThat(policies.allows("one", GET, Arn.table("hoopoe"))).isTrue();
        assertThat(policies.allows("one", QUERY, Arn.index("hoopoe", "due"))).isTrue();
        assertThat(policies.allows("one", READ, Arn.secret("hoopoe/taipei"))).isTrue();
        assertThat(policies.denied()).isEmpty();

        assertThat(policies.allows("one", GET, Arn.table("another"))).isFalse();
        assertThat(policies.allows("one", GET, Arn.index("hoopoe", "due"))).isFalse();
        assertThat(policies.allows("one", QUERY, Arn.index("hoopoe", "list"))).isFalse();
        assertThat(policies.allows("one", "dynamodb:PutItem", Arn.table("hoopoe")))
                .isFalse();
        assertThat(policies.allows("one", READ, Arn.secret("stage/taipei"))).isFalse();
        assertThat(policies.denied()).hasSize(5).contains("one may not dynamodb:PutItem on " + Arn.table("hoopoe"));
    }

    @Test
    void aFunctionWithoutPoliciesMayNothingAndWhoIsNoFunctionEverything() throws IOException {
        var policies = usual();

        assertThat(policies.allows("two", GET, Arn.table("hoopoe"))).isFalse();
        assertThat(policies.allows("operator", GET, Arn.table("hoopoe"))).isTrue();
    }

    @Test
    void whatWasUsedIsKnown() throws IOException {
        var policies = usual();
        policies.allows("one", GET, Arn.table("hoopoe"));
        policies.allows("one", "dynamodb:PutItem", Arn.table("hoopoe"));

        assertThat(policies.granted("one")).hasSize(4).contains("dynamodb:Query on ${Data.Outputs.TableArn}/index/due");
        assertThat(policies.used("one")).containsExactly("dynamodb:GetItem on Data.Outputs.TableArn");
        assertThat(policies.used("two")).isEmpty();
        assertThat(policies.functions()).containsExactly("one", "two");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- AmazonDynamoDBFullAccess",
                "- DynamoDBReadPolicy: { TableName: hoopoe }",
                "- Statement: { Effect: Deny, Action: dynamodb:GetItem, Resource: '*' }",
                "- Statement: { Effect: Allow, Action: dynamodb:GetItem, Resource: !Ref Unknown }",
                "- Statement: { Effect: Allow, Action: dynamodb:GetItem, Resource: '*', Condition: {} }"
            })
    void whatIsNotUnderstoodIsRefused(String policy) {
        assertThatThrownBy(() -> policies(policy)).isInstanceOf(IllegalArgumentException.class);
    }
}
