package hoopoe.store.table;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * One conditional write of one item, alone or as part of a transaction.
 *
 * <p>Conditions name attributes in braces and values by question marks: {@code when("{state} = ? AND {fence} = ?",
 * "dispatching", 3)}. Several {@code when}s must all hold.
 */
public final class Write {

    /** Written with each item, so that our own success is recognised where its answer was lost. */
    static final String ATTEMPT = "attempt";

    /** The same for checks of a dispatch. They must not overwrite the mark of the worker that sends it. */
    static final String CHECK_ATTEMPT = "check_attempt";

    private enum Kind {
        PUT,
        UPDATE,
        DELETE,
        CHECK
    }

    private final Kind kind;
    private final Key key;
    private final @Nullable Item item;
    private final Expressions expressions = new Expressions();
    private String mark = ATTEMPT;
    private @Nullable String attempt;

    private Write(Kind kind, Key key, @Nullable Item item) {
        this.kind = kind;
        this.key = key;
        this.item = item;
    }

    public static Write put(Item item) {
        return new Write(Kind.PUT, item.key(), item);
    }

    /** A put that is refused where the item exists. */
    public static Write putNew(Item item) {
        return put(item).when("attribute_not_exists({pk})");
    }

    public static Write update(Key key) {
        return new Write(Kind.UPDATE, key, null);
    }

    public static Write delete(Key key) {
        return new Write(Kind.DELETE, key, null);
    }

    /** Writes nothing: only its condition counts, in a transaction. */
    public static Write check(Key key) {
        return new Write(Kind.CHECK, key, null);
    }

    /** Null, an empty set and an empty map remove the attribute. */
    public Write set(String name, @Nullable Object value) {
        var attribute = Item.attribute(value);
        if (attribute == null) {
            return remove(name);
        }
        expressions.set(name, attribute);
        return this;
    }

    /** Adds a number to a number (0 where it is missing), or members to a set. */
    public Write add(String name, Object value) {
        expressions.add(name, some(name, value));
        return this;
    }

    /** Adds a decimal to a number (0 where it is missing). {@link Item#sum} reads it: its scale is not kept. */
    public Write add(String name, BigDecimal value) {
        expressions.add(name, AttributeValue.fromN(value.toPlainString()));
        return this;
    }

    /** Removes members from a set; members that are not in it are ignored. */
    public Write takeOut(String name, Set<?> members) {
        expressions.delete(name, some(name, members));
        return this;
    }

    private static AttributeValue some(String name, Object value) {
        var attribute = Item.attribute(value);
        if (attribute == null) {
            throw new IllegalArgumentException("nothing for " + name);
        }
        return attribute;
    }

    public Write remove(String name) {
        expressions.remove(name);
        return this;
    }

    public Write when(String condition, Object... arguments) {
        expressions.when(condition, arguments);
        return this;
    }

    /** Marks the item with an attempt of its own, so that a refusal caused by our own earlier success is read as success. */
    public Write attempt() {
        return attempt(UUID.randomUUID().toString());
    }

    /** The same for writes that are made anew for each try, and are one attempt. */
    public Write attempt(String token) {
        return attempt(ATTEMPT, token);
    }

    /** The same in the attribute of the checks, for items that other writers mark too. */
    public Write checkAttempt() {
        return attempt(CHECK_ATTEMPT, UUID.randomUUID().toString());
    }

    private Write attempt(String name, String token) {
        this.mark = name;
        this.attempt = token;
        if (kind == Kind.UPDATE) {
            set(name, token);
        } else if (item != null) {
            item.with(name, token);
        }
        return this;
    }

    /** Whether this very attempt left the item. */
    boolean left(Item standing) {
        return attempt != null && standing.find(mark).filter(attempt::equals).isPresent();
    }

    public Key key() {
        return key;
    }

    boolean isMarked() {
        return attempt != null;
    }

    TransactWriteItem transactional(String table) {
        var write = TransactWriteItem.builder();
        return switch (kind) {
            case PUT -> write.put(filled(Put.builder(), table).build()).build();
            case UPDATE -> write.update(filled(Update.builder(), table).build()).build();
            case DELETE -> write.delete(filled(Delete.builder(), table).build()).build();
            case CHECK ->
                write.conditionCheck(filled(ConditionCheck.builder(), table).build())
                        .build();
        };
    }

    /** Sends it alone, at half the price of a transaction. */
    void send(DynamoDbClient client, String table) {
        switch (kind) {
            case PUT -> client.putItem(filled(PutItemRequest.builder(), table).build());
            case UPDATE ->
                client.updateItem(filled(UpdateItemRequest.builder(), table).build());
            case DELETE ->
                client.deleteItem(filled(DeleteItemRequest.builder(), table).build());
            case CHECK -> throw new IllegalStateException("a check alone writes nothing");
        }
    }

    /** The SDK has a type for each kind of write, alone and in a transaction; their members have the same names. */
    private <B extends SdkPojo> B filled(B builder, String table) {
        var members = members(table);
        builder.sdkFields().stream()
                .filter(field -> members.containsKey(field.memberName()))
                .forEach(field -> field.set(builder, members.get(field.memberName())));
        return builder;
    }

    private Map<String, Object> members(String table) {
        var members = new HashMap<String, Object>();
        members.put("TableName", table);
        members.put("ReturnValuesOnConditionCheckFailure", "ALL_OLD");
        if (kind == Kind.PUT) {
            members.put("Item", itemAttributes());
        } else {
            members.put("Key", key.attributes());
        }
        members.putAll(expressions.members());
        return members;
    }

    private Map<String, AttributeValue> itemAttributes() {
        if (item == null) {
            throw new IllegalStateException("a put has an item");
        }
        return item.attributes();
    }
}
