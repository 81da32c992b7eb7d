package hoopoe.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * One conditional write of one item, alone or as part of a transaction.
 *
 * <p>Conditions name attributes in braces and values by question marks: {@code when("{state} = ? AND {fence} = ?",
 * "dispatching", 3)}. Several {@code when}s must all hold.
 */
final class Write {

    /** Written along with what it stands for, so that our own success with a lost answer is known again. */
    static final String ATTEMPT = "attempt";

    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}|\\?");

    private enum Kind {
        PUT,
        UPDATE,
        DELETE,
        CHECK
    }

    private final Kind kind;
    private final Key key;
    private final @Nullable Item item;
    private final Map<String, String> names = new LinkedHashMap<>();
    private final Map<String, AttributeValue> values = new LinkedHashMap<>();
    private final List<String> sets = new ArrayList<>();
    private final List<String> adds = new ArrayList<>();
    private final List<String> removes = new ArrayList<>();
    private final List<String> conditions = new ArrayList<>();
    private @Nullable String attempt;

    private Write(Kind kind, Key key, @Nullable Item item) {
        this.kind = kind;
        this.key = key;
        this.item = item;
    }

    static Write put(Item item) {
        return new Write(Kind.PUT, item.key(), item);
    }

    /** A put that is refused where the item is there already. */
    static Write putNew(Item item) {
        return put(item).when("attribute_not_exists({pk})");
    }

    static Write update(Key key) {
        return new Write(Kind.UPDATE, key, null);
    }

    static Write delete(Key key) {
        return new Write(Kind.DELETE, key, null);
    }

    /** Writes nothing: only its condition counts, in a transaction. */
    static Write check(Key key) {
        return new Write(Kind.CHECK, key, null);
    }

    /** Null, an empty set and an empty map remove the attribute. */
    Write set(String name, @Nullable Object value) {
        var attribute = Item.attribute(value);
        if (attribute == null) {
            return remove(name);
        }
        sets.add(name(name) + " = " + value(attribute));
        return this;
    }

    /** Adds a number to a number (0 where it is missing), or numbers to a set. */
    Write add(String name, Object value) {
        var attribute = Item.attribute(value);
        if (attribute == null) {
            throw new IllegalArgumentException("nothing to add to " + name);
        }
        adds.add(name(name) + ' ' + value(attribute));
        return this;
    }

    Write remove(String name) {
        removes.add(name(name));
        return this;
    }

    Write when(String condition, Object... arguments) {
        var next = new int[1];
        conditions.add('('
                + PLACE.matcher(condition)
                        .replaceAll(found -> found.group(1) != null
                                ? name(found.group(1))
                                : value(Item.attribute(arguments[next[0]++])))
                + ')');
        return this;
    }

    /** Marks the item with this attempt, so that a refusal by our own earlier success is read as success. */
    Write attempt(String token) {
        this.attempt = token;
        if (kind == Kind.UPDATE) {
            set(ATTEMPT, token);
        } else if (item != null) {
            item.with(ATTEMPT, token);
        }
        return this;
    }

    Key key() {
        return key;
    }

    @Nullable String attempt() {
        return attempt;
    }

    TransactWriteItem transactional(String table) {
        var write = TransactWriteItem.builder();
        return switch (kind) {
            case PUT ->
                write.put(put -> put.tableName(table)
                                .item(itemAttributes())
                                .conditionExpression(condition())
                                .expressionAttributeNames(names())
                                .expressionAttributeValues(values())
                                .returnValuesOnConditionCheckFailure("ALL_OLD"))
                        .build();
            case UPDATE ->
                write.update(update -> update.tableName(table)
                                .key(key.attributes())
                                .updateExpression(update())
                                .conditionExpression(condition())
                                .expressionAttributeNames(names())
                                .expressionAttributeValues(values())
                                .returnValuesOnConditionCheckFailure("ALL_OLD"))
                        .build();
            case DELETE ->
                write.delete(delete -> delete.tableName(table)
                                .key(key.attributes())
                                .conditionExpression(condition())
                                .expressionAttributeNames(names())
                                .expressionAttributeValues(values())
                                .returnValuesOnConditionCheckFailure("ALL_OLD"))
                        .build();
            case CHECK ->
                write.conditionCheck(check -> check.tableName(table)
                                .key(key.attributes())
                                .conditionExpression(condition())
                                .expressionAttributeNames(names())
                                .expressionAttributeValues(values())
                                .returnValuesOnConditionCheckFailure("ALL_OLD"))
                        .build();
        };
    }

    /** On its own: half the price of a transaction. */
    void send(DynamoDbClient client, String table) {
        switch (kind) {
            case PUT ->
                client.putItem(put -> put.tableName(table)
                        .item(itemAttributes())
                        .conditionExpression(condition())
                        .expressionAttributeNames(names())
                        .expressionAttributeValues(values())
                        .returnValuesOnConditionCheckFailure("ALL_OLD"));
            case UPDATE ->
                client.updateItem(update -> update.tableName(table)
                        .key(key.attributes())
                        .updateExpression(update())
                        .conditionExpression(condition())
                        .expressionAttributeNames(names())
                        .expressionAttributeValues(values())
                        .returnValuesOnConditionCheckFailure("ALL_OLD"));
            case DELETE ->
                client.deleteItem(delete -> delete.tableName(table)
                        .key(key.attributes())
                        .conditionExpression(condition())
                        .expressionAttributeNames(names())
                        .expressionAttributeValues(values())
                        .returnValuesOnConditionCheckFailure("ALL_OLD"));
            case CHECK -> throw new IllegalStateException("a check alone writes nothing");
        }
    }

    private Map<String, AttributeValue> itemAttributes() {
        if (item == null) {
            throw new IllegalStateException("a put has an item");
        }
        return item.attributes();
    }

    @Nullable String condition() {
        return conditions.isEmpty() ? null : String.join(" AND ", conditions);
    }

    private String update() {
        var parts = new ArrayList<String>();
        if (!sets.isEmpty()) {
            parts.add("SET " + String.join(", ", sets));
        }
        if (!adds.isEmpty()) {
            parts.add("ADD " + String.join(", ", adds));
        }
        if (!removes.isEmpty()) {
            parts.add("REMOVE " + String.join(", ", removes));
        }
        return String.join(" ", parts);
    }

    private @Nullable Map<String, String> names() {
        return names.isEmpty()
                ? null
                : names.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
    }

    private @Nullable Map<String, AttributeValue> values() {
        return values.isEmpty() ? null : values;
    }

    private String name(String attribute) {
        return names.computeIfAbsent(attribute, name -> "#n" + names.size());
    }

    private String value(@Nullable AttributeValue attribute) {
        if (attribute == null) {
            throw new IllegalArgumentException("an empty value in a condition");
        }
        var name = ":v" + values.size();
        values.put(name, attribute);
        return name;
    }
}
