package hoopoe.testing;

import hoopoe.store.table.PackedAttribute;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** All that a table holds, as one text: what is not in it, nobody can read out of the table. */
public final class TableText {

    private TableText() {}

    /** Names and values of all items, a line each; what is packed is unpacked. */
    public static String of(DynamoDbClient client, String table) {
        var all = new StringBuilder();
        client.scanPaginator(scan -> scan.tableName(table).consistentRead(true)).items().stream()
                .flatMap(item -> item.entrySet().stream())
                .forEach(attribute -> all.append(attribute.getKey())
                        .append('=')
                        .append(text(attribute.getValue()))
                        .append('\n'));
        return all.toString();
    }

    private static String text(AttributeValue value) {
        if (value.b() == null) {
            return value.toString();
        }
        var bytes = value.b().asByteArray();
        try {
            return new String(PackedAttribute.inflate(bytes), StandardCharsets.UTF_8);
        } catch (UncheckedIOException e) {
            return new String(bytes, StandardCharsets.UTF_8); // it is not packed
        }
    }
}
