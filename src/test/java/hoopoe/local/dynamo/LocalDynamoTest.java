package hoopoe.local.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

class LocalDynamoTest {

    private final LocalDynamo dynamo = LocalDynamo.shared();

    @Test
    void hasTheTableOfTheTemplate() {
        var table = dynamo.client()
                .describeTable(describe -> describe.tableName(dynamo.createTable()))
                .table();

        assertThat(table.globalSecondaryIndexes())
                .extracting(index -> index.indexName())
                .containsExactlyInAnyOrder("due", "list");
        assertThat(table.latestStreamArn()).isNotNull();
    }

    @Test
    void keepsTablesApart() {
        var mine = dynamo.createTable();
        var theirs = dynamo.createTable();
        var key = Map.of("pk", AttributeValue.fromS("a"), "sk", AttributeValue.fromS("b"));

        dynamo.client().putItem(put -> put.tableName(theirs).item(key));

        assertThat(dynamo.client().getItem(get -> get.tableName(mine).key(key)).hasItem())
                .isFalse();
    }

    @Test
    void whoIsNotLetThroughIsToldSoAsByIam() {
        var table = dynamo.createTable();
        var key = Map.of("pk", AttributeValue.fromS("a"), "sk", AttributeValue.fromS("b"));
        dynamo.guard(table, (principal, action, resource) -> action.equals("dynamodb:PutItem"));
        try (var reader = DynamoDbClient.builder()
                .endpointOverride(dynamo.endpoint())
                .region(Region.of(LocalDynamo.REGION))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("reader", "any")))
                .httpClient(UrlConnectionHttpClient.create())
                .build()) {
            reader.putItem(put -> put.tableName(table).item(key));
            assertThatThrownBy(() -> reader.getItem(get -> get.tableName(table).key(key)))
                    .isInstanceOfSatisfying(DynamoDbException.class, denied -> {
                        assertThat(denied.statusCode()).isEqualTo(400);
                        assertThat(denied.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
                    })
                    .hasMessageContaining(
                            "reader/reader is not authorized to perform: dynamodb:GetItem on resource: arn:aws:");
        }
        assertThat(dynamo.client().getItem(get -> get.tableName(table).key(key)).hasItem())
                .isTrue();
        dynamo.deleteTable(table);
    }

    @Test
    void listensOnTheLoopbackAddressOnly() {
        assertThat(dynamo.endpoint().getHost()).isEqualTo("127.0.0.1");
    }
}
