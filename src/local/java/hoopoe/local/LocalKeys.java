package hoopoe.local;

import hoopoe.access.ApiKey;
import hoopoe.access.IssuedKey;
import hoopoe.access.Scope;
import hoopoe.store.access.ApiKeyRepository;
import hoopoe.store.table.Table;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The keys of every local stack's table. They are public, so that calls in documents can be pasted. They have letters that
 * the function {@code keys} never uses. It makes all keys in a table of AWS, so these keys are refused there.
 */
public final class LocalKeys {

    /** Reaches simulators only. */
    public static final String TEST = "hpk_test_localtest0thisisnosecretitislocal000";

    /** Reaches every account, also one that {@code hoopoe.accounts.<name>.url} points at a real provider. */
    public static final String LIVE = "hpk_live_locallive0thisisnosecretitislocal000";

    private static final String CALLER = "local";

    private LocalKeys() {}

    static void into(DynamoDbClient client, String table, Clock clock) {
        var keys = new ApiKeyRepository(new Table(client, table), clock);
        List.of(TEST, LIVE).forEach(text -> keys.add(issued(ApiKey.of(text).orElseThrow(), clock)));
    }

    private static IssuedKey issued(ApiKey key, Clock clock) {
        return new IssuedKey(
                key.id(), key.hash(), key.kind(), CALLER, EnumSet.allOf(Scope.class), clock.instant(), null, null);
    }
}
