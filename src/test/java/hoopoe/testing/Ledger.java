package hoopoe.testing;

import hoopoe.local.Stack;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What calls of the API have written into a stack's table: the keys of batches, of what they are made of, and of idempotency
 * claims. What callbacks and checks write beside them is left out: they go on after a test.
 */
public final class Ledger {

    private static final Pattern OF_A_CALL = Pattern.compile("(BATCH|CALL|RECIPIENTS#.*|REJECTED#.*|DISPATCH#.*)");

    private final Stack stack;

    public Ledger(Stack stack) {
        this.stack = stack;
    }

    public Set<String> keys() {
        return stack
                .dynamo()
                .client()
                .scanPaginator(scan -> scan.tableName(stack.table()).consistentRead(true))
                .items()
                .stream()
                .filter(item -> OF_A_CALL.matcher(text(item, "sk")).matches())
                .map(item -> text(item, "pk") + ' ' + text(item, "sk"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String text(Map<String, AttributeValue> item, String name) {
        return item.get(name).s();
    }
}
