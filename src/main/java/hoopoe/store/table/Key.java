package hoopoe.store.table;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The primary key of an item. */
public record Key(String pk, String sk) {

    public static final String PK = "pk";
    public static final String SK = "sk";

    public Map<String, AttributeValue> attributes() {
        return Map.of(PK, AttributeValue.fromS(pk), SK, AttributeValue.fromS(sk));
    }
}
