package hoopoe.local.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.local.iam.Arn;
import hoopoe.testing.Api;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemandTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "GetItem|{\"TableName\": \"t\", \"Key\": {}}|dynamodb:GetItem t",
                "Query|{\"TableName\": \"t\"}|dynamodb:Query t",
                "Query|{\"TableName\": \"t\", \"IndexName\": \"due\"}|dynamodb:Query t/index/due",
                "BatchWriteItem|{\"RequestItems\": {\"t\": [], \"u\": []}}|dynamodb:BatchWriteItem t, dynamodb:BatchWriteItem u",
                "TransactWriteItems|{\"TransactItems\": [{\"Put\": {\"TableName\": \"t\"}}, {\"ConditionCheck\": {\"TableName\": \"t\"}},"
                        + " {\"Delete\": {\"TableName\": \"t\"}}, {\"Update\": {\"TableName\": \"t\"}}]}"
                        + "|dynamodb:PutItem t, dynamodb:ConditionCheckItem t, dynamodb:DeleteItem t, dynamodb:UpdateItem t",
                "TransactGetItems|{\"TransactItems\": [{\"Get\": {\"TableName\": \"t\"}}]}|dynamodb:GetItem t",
                "DescribeTable|{\"TableName\": \"t\"}|dynamodb:DescribeTable t"
            })
    void aRequestNeedsLeaveForAllThatItDoes(String operation, String body, String needed) {
        assertThat(Demand.of(operation, Api.json(body)).stream()
                        .map(demand -> demand.action()
                                + ' '
                                + demand.resource().substring(Arn.table("").length()))
                        .collect(Collectors.joining(", ")))
                .isEqualTo(needed);
    }
}
