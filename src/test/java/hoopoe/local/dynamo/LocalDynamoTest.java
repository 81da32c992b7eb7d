package hoopoe.local.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

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
    void listensOnTheLoopbackAddressOnly() {
        assertThat(dynamo.endpoint().getHost()).isEqualTo("127.0.0.1");
    }
}
