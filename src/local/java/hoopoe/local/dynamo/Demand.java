package hoopoe.local.dynamo;

import com.fasterxml.jackson.databind.JsonNode;
import hoopoe.local.iam.Arn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The permissions that a request to DynamoDB needs (Amazon DynamoDB Developer Guide, "Using IAM with DynamoDB transactions"): a transaction
 * needs that for each of its parts, and no more.
 *
 * @param action {@code dynamodb:GetItem}
 */
record Demand(String action, String table, String resource) {

    private static final Map<String, String> PARTS = Map.of(
            "Put", "PutItem",
            "Update", "UpdateItem",
            "Delete", "DeleteItem",
            "ConditionCheck", "ConditionCheckItem",
            "Get", "GetItem");

    static List<Demand> of(String operation, JsonNode body) {
        return switch (operation) {
            case "TransactWriteItems", "TransactGetItems" -> parts(body.path("TransactItems"));
            case "BatchWriteItem", "BatchGetItem" -> tables(operation, body.path("RequestItems"));
            default -> List.of(on(operation, body));
        };
    }

    private static List<Demand> parts(JsonNode items) {
        var demands = new ArrayList<Demand>();
        for (var item : items) {
            for (var part : item.properties()) {
                demands.add(on(PARTS.getOrDefault(part.getKey(), part.getKey()), part.getValue()));
            }
        }
        return demands;
    }

    private static List<Demand> tables(String operation, JsonNode requests) {
        var demands = new ArrayList<Demand>();
        requests.fieldNames().forEachRemaining(table -> demands.add(on(operation, table, "")));
        return demands;
    }

    private static Demand on(String operation, JsonNode request) {
        return on(
                operation,
                request.path("TableName").asText(),
                request.path("IndexName").asText());
    }

    private static Demand on(String operation, String table, String index) {
        return new Demand("dynamodb:" + operation, table, index.isEmpty() ? Arn.table(table) : Arn.index(table, index));
    }
}
